using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Magsag.Cli.Dashboard;
using Magsag.Cli.Html;

namespace Magsag.Cli.Tests.Dashboard;

/// <summary>Costs that a test changes.</summary>
internal sealed class ChangingCosts(CostSummary first) : IDashboardSource
{
    private readonly Channel<DashboardChange> _changes = Channel.CreateUnbounded<DashboardChange>();
    private CostSummary _summary = first;
    private string? _problem;
    private int _watches;

    public string Title => "Live costs";

    /// <summary>How often somebody began to watch.</summary>
    public int Watches => Volatile.Read(ref _watches);

    public Task<ReportPage> ReadAsync(CancellationToken cancellationToken) => Volatile.Read(ref _problem) is { } problem
        ? throw new DashboardProblemException(problem, new IOException(problem))
        : Task.FromResult(new ReportPage { Title = Title, Summary = Volatile.Read(ref _summary), IsLive = true });

    public async IAsyncEnumerable<DashboardChange> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _watches);
        yield return new DashboardChange(DateTimeOffset.UnixEpoch, Volatile.Read(ref _problem));
        await foreach (DashboardChange change in _changes.Reader.ReadAllAsync(cancellationToken))
        {
            yield return change;
        }
    }

    public void ChangeTo(CostSummary summary)
    {
        Volatile.Write(ref _problem, null);
        Volatile.Write(ref _summary, summary);
        _changes.Writer.TryWrite(new DashboardChange(DateTimeOffset.UnixEpoch));
    }

    public void Break(string problem)
    {
        Volatile.Write(ref _problem, problem);
        _changes.Writer.TryWrite(new DashboardChange(DateTimeOffset.UnixEpoch, problem));
    }
}
