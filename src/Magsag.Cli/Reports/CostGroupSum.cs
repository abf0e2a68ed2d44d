using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;

namespace Magsag.Cli;

internal static class CostGroupSum
{
    /// <summary>The sums over all groups.</summary>
    public static TokenTotals Total(this IEnumerable<CostGroup> groups) =>
        groups.Aggregate(new TokenTotals(), static (sum, group) => sum + group.Totals);
}
