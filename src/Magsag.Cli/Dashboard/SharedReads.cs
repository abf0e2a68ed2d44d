using Magsag.Cli.Html;

namespace Magsag.Cli.Dashboard;

/// <summary>Coalesces the reads of any number of pages: one at a time, and one more for all requests that arrive meanwhile, each with a timeout.</summary>
/// <param name="source">Where the costs come from.</param>
/// <param name="clock">Measures how long a page waits.</param>
/// <param name="stopping">Gives reads up; a page that goes away doesn't, since others may wait for the same read.</param>
internal sealed class SharedReads(IDashboardSource source, TimeProvider clock, CancellationToken stopping)
{
    /// <summary>How long a store may take before it counts as busy.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The problem to show for a store that takes longer.</summary>
    public const string Busy = "The store hasn’t answered for 5 seconds: another process keeps it locked, or much is being read into it.";

    private readonly Lock _gate = new();
    private Task<ReportPage>? _last;
    private Task<ReportPage>? _next;

    /// <summary>The costs as they are now or later.</summary>
    /// <exception cref="DashboardProblemException">They can't be read, or not in time.</exception>
    public async Task<ReportPage> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Join().WaitAsync(Patience, clock, cancellationToken);
        }
        catch (TimeoutException error)
        {
            throw new DashboardProblemException(Busy, error);
        }
    }

    // A read that has already begun may miss the change that a page asks for.
    private Task<ReportPage> Join()
    {
        lock (_gate)
        {
            return _next ??= _last = ReadAfterAsync(_last);
        }
    }

    private async Task<ReportPage> ReadAfterAsync(Task? before)
    {
        await Task.Yield();
        if (before is not null)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lock (_gate)
        {
            _next = null;
        }

        return await source.ReadAsync(stopping);
    }
}
