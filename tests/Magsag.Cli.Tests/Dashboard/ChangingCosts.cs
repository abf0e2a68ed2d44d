using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Magsag.Cli.Dashboard;
using Magsag.Cli.Html;
using Magsag.Gating;

namespace Magsag.Cli.Tests.Dashboard;

/// <summary>Costs that a test changes.</summary>
internal sealed class ChangingCosts(CostSummary first) : IDashboardSource
{
    private readonly Channel<DateTimeOffset> _changes = Channel.CreateUnbounded<DateTimeOffset>();
    private CostSummary _summary = first;

    public Task<ReportPage> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(new ReportPage { Title = "Live costs", Summary = Volatile.Read(ref _summary), IsLive = true });

    public async IAsyncEnumerable<DateTimeOffset> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return DateTimeOffset.UnixEpoch;
        await foreach (DateTimeOffset change in _changes.Reader.ReadAllAsync(cancellationToken))
        {
            yield return change;
        }
    }

    public void ChangeTo(CostSummary summary)
    {
        Volatile.Write(ref _summary, summary);
        _changes.Writer.TryWrite(DateTimeOffset.UnixEpoch);
    }
}
