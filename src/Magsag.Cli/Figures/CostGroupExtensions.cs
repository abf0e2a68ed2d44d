namespace Magsag.Cli.Figures;

internal static class CostGroupExtensions
{
    /// <summary>The sums over all groups.</summary>
    public static TokenTotals Total(this IEnumerable<CostGroup> groups) =>
        groups.Aggregate(new TokenTotals(), static (sum, group) => sum + group.Totals);
}
