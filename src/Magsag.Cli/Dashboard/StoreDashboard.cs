using System.Runtime.CompilerServices;
using Magsag.Cli.Html;
using Magsag.Pricing;
using Magsag.Storage;

namespace Magsag.Cli.Dashboard;

/// <summary>A dashboard of what a store holds. Opening the store of a runs directory brings it up to date, so each look sees what was recorded since.</summary>
/// <param name="open">Opens the store; one for each look, since a store serves one caller at a time.</param>
/// <param name="filter">Which calls are meant at this moment: a period such as 24h moves on.</param>
/// <param name="prices">The prices.</param>
/// <param name="clock">Paces the looks.</param>
internal sealed class StoreDashboard(Func<CancellationToken, Task<ICostStore>> open, Func<RecordFilter> filter, PriceCatalog prices, TimeProvider clock) : IDashboardSource
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    public async Task<ReportPage> ReadAsync(CancellationToken cancellationToken)
    {
        await using ICostStore store = await open(cancellationToken);
        return new ReportPage
        {
            Title = $"What the models cost: {Path.GetFileName(store.Location)}",
            Summary = await StoreSummary.ReadAsync(store, filter(), cancellationToken),
            Prices = prices,
            Made = clock.GetUtcNow(),
            IsLive = true,
        };
    }

    public async IAsyncEnumerable<DateTimeOffset> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        (long Calls, long CacheHits, decimal CostUsd) seen = await StateAsync(cancellationToken);
        yield return clock.GetUtcNow();
        using var timer = new PeriodicTimer(Pace, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            (long Calls, long CacheHits, decimal CostUsd) now = await StateAsync(cancellationToken);
            if (now != seen)
            {
                seen = now;
                yield return clock.GetUtcNow();
            }
        }
    }

    private async Task<(long Calls, long CacheHits, decimal CostUsd)> StateAsync(CancellationToken cancellationToken)
    {
        await using ICostStore store = await open(cancellationToken);
        CostGroup? all = (await store.SummarizeAsync(new CostQuery { Filter = filter() }, cancellationToken)).FirstOrDefault();
        return all is null ? default : (all.Totals.Calls, all.CacheHits, all.Totals.CostUsd);
    }
}
