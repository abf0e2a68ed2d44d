using Magsag.Cli.Figures;

namespace Magsag.Cli.Html;

/// <summary>An amount in a table, with a mark before it where it isn't exact: ≥ for a lower bound, ≈ for an estimate.</summary>
/// <param name="Mark">The mark; null where the amount is exact.</param>
/// <param name="Amount">The amount, or "unknown".</param>
internal readonly record struct CostText(char? Mark, string Amount)
{
    private const char AtLeast = '≥';
    private const char About = '≈';

    public static char? MarkFor(TokenTotals calls) => Unknowns.IsLowerBound(calls) ? AtLeast : calls.EstimatedCalls > 0 ? About : null;

    /// <summary>True when nothing is known of a cost: then a figure would pass for one.</summary>
    public static bool IsUnknown(decimal usd, TokenTotals calls) => usd == 0m && Unknowns.IsLowerBound(calls);

    /// <summary>What the marks of a table mean; nothing where it has none.</summary>
    public static string? LegendFor(IEnumerable<TokenTotals> rows)
    {
        HashSet<char?> marks = [.. rows.Where(static row => !IsUnknown(row.CostUsd, row)).Select(MarkFor)];
        string[] meanings =
        [
            .. marks.Contains(AtLeast) ? ["≥ at least: the cost of some of the calls isn’t known"] : (string[])[],
            .. marks.Contains(About) ? ["≈ about: the tokens of some of the calls were counted, not reported"] : (string[])[],
        ];
        return meanings.Length == 0 ? null : string.Join("; ", meanings) + ".";
    }

    public void Write(HtmlBuilder.MarkupHandler markup)
    {
        if (Mark is { } mark && Amount != "unknown")
        {
            markup.AppendLiteral($"<span class=\"mark\" title=\"{(mark == About ? "about" : "at least")}\">{mark}</span> ");
        }

        markup.AppendFormatted(Amount);
    }
}
