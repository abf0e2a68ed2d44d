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
    /// <param name="ledgers">Paths of the ledger files that should be in it, and nothing else.</param>
    /// <param name="provider">What providers count; their days and models are compared, others aren't.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CostStoreException">The store can't be read.</exception>
    public static async Task<Reconciliation> CompareAsync(ICostStore store, IEnumerable<string> ledgers, IEnumerable<ProviderCount>? provider = null, CancellationToken cancellationToken = default)
    {
        LedgerCounts counts = await Task.Run(() => LedgerCounts.Read(ledgers, cancellationToken), cancellationToken).ConfigureAwait(false);
        SortedDictionary<DayModel, ReconciledDay> days = [];
        foreach ((DayModel key, TokenTotals totals) in counts.Totals)
        {
            days[key] = Of(days, key) with { LedgerCalls = totals.Calls, LedgerCostUsd = totals.CostUsd };
        }

        foreach (CostGroup group in await store.SummarizeAsync(new CostQuery { GroupBy = [CostDimension.Day, CostDimension.Model] }, cancellationToken).ConfigureAwait(false))
        {
            DayModel key = new(DateOnly.ParseExact(group.Key[0]!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), group.Key[1]);
            days[key] = Of(days, key) with { StoreCalls = group.Totals.Calls, StoreCostUsd = group.Totals.CostUsd };
        }

        foreach (ProviderCount count in provider ?? [])
        {
            DayModel key = new(count.Day, count.Model);
            days[key] = Of(days, key) with { ProviderCalls = count.Calls, ProviderCostUsd = count.CostUsd };
        }

        foreach (DayModel key in days.Where(static day => day.Value.LedgerCalls > day.Value.StoreCalls || day.Value.LedgerCostUsd != day.Value.StoreCostUsd).Select(static day => day.Key).ToList())
        {
            days[key] = days[key] with { MissingFromStore = await MissingAsync(store, counts, key, cancellationToken).ConfigureAwait(false) };
        }

        return new Reconciliation { Days = [.. days.Values], RepeatedLines = counts.RepeatedLines, Problems = counts.Problems };
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
            RecordPage page = await store.QueryAsync(new RecordQuery { Filter = new RecordFilter { Model = key.Model, Since = midnight, Until = midnight.AddDays(1) }, Limit = 10_000, After = next }, cancellationToken).ConfigureAwait(false);
            missing.ExceptWith(page.Records.Select(static record => record.Id));
            next = page.Next;
        }
        while (next is not null);

        return [.. missing.Order().Take(MostNamed)];
    }
}
