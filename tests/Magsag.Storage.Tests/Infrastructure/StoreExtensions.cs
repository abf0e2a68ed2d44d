using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;
using Magsag.Storage.Stores;

namespace Magsag.Storage.Tests;

internal static class StoreExtensions
{
    /// <summary>Every record of the store, read page by page.</summary>
    public static async Task<List<LedgerRecord>> ReadAllAsync(this ICostStore store, RecordFilter? filter = null, RecordOrder order = RecordOrder.OldestFirst, int pageSize = 1_000)
    {
        List<LedgerRecord> records = [];
        string? next = null;
        do
        {
            RecordPage page = await store.QueryAsync(new RecordQuery { Filter = filter ?? new(), Order = order, Limit = pageSize, After = next });
            records.AddRange(page.Records);
            next = page.Next;
        }
        while (next is not null);

        return records;
    }

    /// <summary>Everything added up.</summary>
    public static async Task<CostGroup> TotalAsync(this ICostStore store, RecordFilter? filter = null) =>
        (await store.SummarizeAsync(new CostQuery { Filter = filter ?? new() })).SingleOrDefault() ?? new CostGroup([], new TokenTotals(), 0, 0);
}
