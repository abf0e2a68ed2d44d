using Magsag.Cli.Html;
using Magsag.Ledger.Summaries;

namespace Magsag.Cli;

/// <summary>Tables of what models, agents, customers … have part in, the dearest first.</summary>
internal static class Shares
{
    public static Table TableOf(string key, string title, string name, IEnumerable<CostShare> shares, TokenTotals whole) =>
        TableOf(key, title, name, shares.Select(static share => ((string?)share.Name, share.Totals)), whole);

    /// <summary>The same of parts of which one may be without a name; what no part has is a row without a name, so that the rows add up to the whole.</summary>
    public static Table TableOf(string key, string title, string name, IEnumerable<(string? Name, TokenTotals Totals)> shares, TokenTotals whole)
    {
        (string? Name, TokenTotals Totals)[] parts = [.. shares];
        TokenTotals rest = Remainder.Of(whole, parts.Aggregate(new TokenTotals(), static (sum, part) => sum + part.Totals));
        return new Table(
            key,
            title,
            [
                new Column(name, char.ToUpperInvariant(name[0]) + name[1..]),
                new Column("calls", "Calls", CellKind.Count),
                new Column("input_tokens", "Input tokens", CellKind.Tokens),
                new Column("output_tokens", "Output tokens", CellKind.Tokens),
                new Column("cost_usd", "Cost", CellKind.Money),
                new Column("share", "Share", CellKind.Share),
            ],
            [
                .. (Remainder.IsEmpty(rest) ? parts : [.. parts, (null, rest)])
                    .OrderByDescending(static part => part.Totals.CostUsd).ThenBy(static part => part.Name, StringComparer.Ordinal)
                    .Select(part => (IReadOnlyList<object?>)[part.Name, part.Totals.Calls, part.Totals.InputTokens, part.Totals.OutputTokens, KnownCost.CellOf(part.Totals), Of(part.Totals, whole.CostUsd)]),
            ]);
    }

    /// <summary>What calls have of a cost, from 0 to 1; null when the whole is nothing or nothing is known of the part.</summary>
    public static decimal? Of(TokenTotals part, decimal wholeUsd) => KnownCost.Of(part) is { } cost ? Of(cost, wholeUsd) : null;

    /// <summary>A part of a whole, from 0 to 1; null when the whole is nothing.</summary>
    public static decimal? Of(decimal part, decimal whole) => whole == 0m ? null : Math.Round(part / whole, 6);
}
