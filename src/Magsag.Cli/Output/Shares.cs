using Magsag.Gating;

namespace Magsag.Cli;

/// <summary>Tables of what models, agents, customers … have part in, the dearest first.</summary>
internal static class Shares
{
    public static Table TableOf(string key, string title, string name, IEnumerable<CostShare> shares, decimal totalUsd) => new(
        key,
        title,
        [
            new Column(name, char.ToUpperInvariant(name[0]) + name[1..]),
            new Column("calls", "Calls", CellKind.Count),
            new Column("input_tokens", "Input", CellKind.Tokens),
            new Column("output_tokens", "Output", CellKind.Tokens),
            new Column("cost_usd", "Cost", CellKind.Money),
            new Column("share", "Share", CellKind.Share),
        ],
        [.. DearestFirst(shares).Select(share => (IReadOnlyList<object?>)[share.Name, share.Totals.Calls, share.Totals.InputTokens, share.Totals.OutputTokens, share.Totals.CostUsd, Of(share.Totals.CostUsd, totalUsd)])]);

    public static IEnumerable<CostShare> DearestFirst(IEnumerable<CostShare> shares) =>
        shares.OrderByDescending(static share => share.Totals.CostUsd).ThenBy(static share => share.Name, StringComparer.Ordinal);

    /// <summary>A part of a whole, from 0 to 1; null when the whole is nothing.</summary>
    public static decimal? Of(decimal part, decimal whole) => whole == 0m ? null : Math.Round(part / whole, 6);
}
