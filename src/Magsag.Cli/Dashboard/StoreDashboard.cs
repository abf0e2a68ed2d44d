using System.Runtime.CompilerServices;
using Magsag.Cli.Html;

namespace Magsag.Cli.Dashboard;

/// <summary>A dashboard of what a store holds. Opening the store of a runs directory brings it up to date, so each look sees what was recorded since.</summary>
/// <param name="open">Opens the store; one for each look, since a store serves one caller at a time, and it may be replaced between two.</param>
/// <param name="zone">The time zone of dates and days.</param>
/// <param name="filter">Which calls are meant at this moment: a period such as 24h moves on.</param>
/// <param name="prices">The prices.</param>
/// <param name="terminal">Paces the reads, and shows paths in problems.</param>
internal sealed class StoreDashboard(Func<CancellationToken, Task<ICostStore>> open, TimeZoneInfo zone, Func<RecordFilter> filter, PriceCatalog prices, Terminal terminal) : IDashboardSource
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private LastRead? _last;

    public string Title => "What the models cost";

    public Task<ReportPage> ReadAsync(CancellationToken cancellationToken) => Task.Run(() => ReadNowAsync(cancellationToken), cancellationToken);

    public async IAsyncEnumerable<DashboardChange> ChangesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        object? seen = null;
        Task<object>? look = null;
        using var timer = new PeriodicTimer(Pace, terminal.Clock);
        do
        {
            look ??= Task.Run(() => StateAsync(cancellationToken), cancellationToken);
            object now = await InTimeAsync(look, cancellationToken);
            look = look.IsCompleted ? null : look;
            if (!now.Equals(seen))
            {
                seen = now;
                yield return new DashboardChange(terminal.Clock.GetUtcNow(), now as string);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    private Task<ReportPage> ReadNowAsync(CancellationToken cancellationToken) => LookAsync(
        async store =>
        {
            RecordFilter calls = filter();
            object sums = await SumsAsync(store, calls, cancellationToken);
            if (_last is { } last && last.Calls == calls && last.Sums.Equals(sums))
            {
                return last.Page with { Made = terminal.Clock.GetUtcNow() };
            }

            var page = new ReportPage
            {
                Title = $"{Title}: {Path.GetFileName(store.Location)}",
                Summary = await StoreSummary.ReadAsync(store, calls, zone, cancellationToken),
                Conditions = ReportConditions.Describe(calls, zone),
                Zone = zone,
                Prices = prices,
                Made = terminal.Clock.GetUtcNow(),
                IsLive = true,
            };
            _last = new LastRead(calls, sums, page);
            return page;
        },
        cancellationToken);

    // A locked store may take much longer than a page should wait.
    private async Task<object> InTimeAsync(Task<object> look, CancellationToken cancellationToken)
    {
        try
        {
            return await look.WaitAsync(SharedReads.Patience, terminal.Clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return SharedReads.Busy;
        }
    }

    // What can be compared with the state before: sums, or what is wrong.
    private async Task<object> StateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(store => SumsAsync(store, filter(), cancellationToken), cancellationToken);
        }
        catch (DashboardProblemException problem)
        {
            return problem.Message;
        }
    }

    private static async Task<object> SumsAsync(ICostStore store, RecordFilter calls, CancellationToken cancellationToken) =>
        (await store.SummarizeAsync(new CostQuery { Filter = calls }, cancellationToken)).FirstOrDefault() is { } all
            ? (all.Totals, all.CacheHits, all.FailedCalls, all.Corrections)
            : new TokenTotals();

    private async Task<T> LookAsync<T>(Func<ICostStore, Task<T>> look, CancellationToken cancellationToken)
    {
        try
        {
            await using ICostStore store = await open(cancellationToken);
            return await look(store);
        }
        catch (Exception error) when (error is not OperationCanceledException && CommandFailure.Describe(error, terminal) is { } problem)
        {
            throw new DashboardProblemException(problem, error);
        }
    }

    // Most requests find nothing changed since the previous one.
    private sealed record LastRead(RecordFilter Calls, object Sums, ReportPage Page);
}
