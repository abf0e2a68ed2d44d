using System.Globalization;
using Magsag.Ledger.Files;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;
using Magsag.Storage.Stores;

namespace Magsag.Storage.Reconciling;

/// <summary>Compares what ledgers, a store and providers say about the same calls, to find those that one of them misses.</summary>
internal sealed record Reconciliation
{
    private const int MostNamed = 100;

    /// <summary>Every day and model that any of them knows, in that order.</summary>
    public IReadOnlyList<ReconciledDay> Days { get; init; } = [];

    /// <summary>Lines of the ledgers whose record stands in another line too.</summary>
    public long RepeatedLines { get; init; }

    /// <summary>Ledgers that can't be read to their end: what stands behind that line is missing from the comparison.</summary>
    public IReadOnlyList<UnreadableInputException> Problems { get; init; } = [];

    /// <summary>True when all agree and everything could be read.</summary>
    public bool Agrees => Problems.Count == 0 && Days.All(static day => day.Agrees);

    /// <summary>Compares. The ledgers are read whole, and their records' ids are held in memory: about 50 bytes each.</summary>
    /// <param name="store">The store.</param>
    /// <param name="ledgers">Paths of the ledger files that should be in it, and nothing else; null to compare without ledgers.</param>
    /// <param name="provider">What providers count; their days and models are compared, others aren't.</param>
    /// <param name="scope">Which calls are meant; all when left out.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CostStoreException">The store can't be read.</exception>
    public static async Task<Reconciliation> CompareAsync(ICostStore store, IEnumerable<string>? ledgers, IEnumerable<ProviderCount>? provider = null, ReconciliationScope? scope = null, CancellationToken cancellationToken = default)
    {
        scope ??= new ReconciliationScope();
        LedgerCounts? counts = ledgers is null ? null : await Task.Run(() => LedgerCounts.Read(ledgers, scope, cancellationToken), cancellationToken).ConfigureAwait(false);
        SortedDictionary<DayModel, ReconciledDay> days = [];
        foreach ((DayModel key, TokenTotals totals) in counts?.Totals ?? [])
        {
            days[key] = Of(days, key) with { Ledger = totals };
        }

        await AddStoredAsync(days, store, scope, cancellationToken).ConfigureAwait(false);
        foreach (ProviderCount count in provider ?? [])
        {
            DayModel key = new(count.Day, scope.NameOf(count.Model));
            ReconciledDay day = Of(days, key);
            days[key] = day with { Provider = day.Provider?.With(count) ?? count };
        }

        if (counts is not null)
        {
            await CompareLedgersAsync(days, store, counts, cancellationToken).ConfigureAwait(false);
        }

        return new Reconciliation { Days = [.. days.Values], RepeatedLines = counts?.RepeatedLines ?? 0, Problems = counts?.Problems ?? [] };
    }

    private static async Task AddStoredAsync(SortedDictionary<DayModel, ReconciledDay> days, ICostStore store, ReconciliationScope scope, CancellationToken cancellationToken)
    {
        var query = new CostQuery
        {
            Filter = new RecordFilter { Since = scope.Since, Until = scope.Until },
            GroupBy = [CostDimension.Day, CostDimension.Provider, CostDimension.Model],
        };
        foreach (CostGroup group in await store.SummarizeAsync(query, cancellationToken).ConfigureAwait(false))
        {
            DateOnly day = DateOnly.ParseExact(group.Key[0]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (!scope.Means(day, group.Key[1]) || (group.Totals.Calls == 0 && group.Corrections == 0))
            {
                continue;
            }

            DayModel key = new(day, scope.NameOf(group.Key[2]));
            ReconciledDay known = Of(days, key);
            days[key] = known with { Store = known.Store + group.Totals, FailedCalls = known.FailedCalls + group.FailedCalls };
        }
    }

    private static async Task CompareLedgersAsync(SortedDictionary<DayModel, ReconciledDay> days, ICostStore store, LedgerCounts counts, CancellationToken cancellationToken)
    {
        foreach ((DayModel key, ReconciledDay day) in days.ToList())
        {
            ReconciledDay counted = day.Ledger is null ? day with { Ledger = new TokenTotals() } : day;
            bool isShort = counted.Ledger!.Calls > counted.Store.Calls || counted.Ledger.CostUsd != counted.Store.CostUsd;
            days[key] = isShort ? counted with { MissingFromStore = await MissingAsync(store, counts, key, cancellationToken).ConfigureAwait(false) } : counted;
        }
    }

    private static ReconciledDay Of(SortedDictionary<DayModel, ReconciledDay> days, DayModel key) =>
        days.TryGetValue(key, out ReconciledDay? known) ? known : new ReconciledDay(key.Day, key.Model);

    private static async Task<IReadOnlyList<Guid>> MissingAsync(ICostStore store, LedgerCounts counts, DayModel key, CancellationToken cancellationToken)
    {
        HashSet<Guid> missing = counts.IdsOf(key);
        var midnight = new DateTimeOffset(key.Day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        string? next = null;
        do
        {
            RecordPage page = await store.QueryAsync(new RecordQuery { Filter = new RecordFilter { Since = midnight, Until = midnight.AddDays(1) }, Limit = 10_000, After = next }, cancellationToken).ConfigureAwait(false);
            missing.ExceptWith(page.Records.Select(static record => record.Id));
            next = page.Next;
        }
        while (next is not null);

        return [.. missing.Order().Take(MostNamed)];
    }
}
