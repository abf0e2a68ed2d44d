namespace Magsag.Cli.Figures;

/// <summary>A row of a table of costs.</summary>
/// <param name="Key">What its calls have in common: an agent, a provider and a model …; null where they have no such name.</param>
/// <param name="Totals">The sums of its calls.</param>
/// <param name="Whole">The sums of all rows.</param>
/// <param name="Runs">How many runs have such calls, where the table says that.</param>
internal sealed record CostRow(IReadOnlyList<string?> Key, TokenTotals Totals, TokenTotals Whole, long Runs = 0)
{
    /// <summary>Groups of calls as the rows of one table.</summary>
    public static CostRow[] From(IReadOnlyCollection<CostGroup> groups)
    {
        TokenTotals whole = groups.Total();
        return [.. groups.Select(group => new CostRow(group.Key, group.Totals, whole))];
    }

    /// <summary>Parts of a whole, the most expensive first. What no part has is a row without a name, so that the rows add up to the whole.</summary>
    public static CostRow[] From(IEnumerable<(string? Name, TokenTotals Totals)> parts, TokenTotals whole)
    {
        CostRow[] rows = [.. parts.Select(part => new CostRow([part.Name], part.Totals, whole))];
        TokenTotals rest = Remainder.Of(whole, rows.Aggregate(new TokenTotals(), static (sum, row) => sum + row.Totals));
        return MostExpensiveFirst(Remainder.IsEmpty(rest) ? rows : [.. rows, new CostRow([null], rest, whole)]);
    }

    public static CostRow[] MostExpensiveFirst(IEnumerable<CostRow> rows) =>
        [.. rows.OrderByDescending(static row => row.Totals.CostUsd).ThenBy(static row => row.Key[^1], StringComparer.Ordinal)];
}
