using System.Globalization;
using System.Text;
using Magsag.Gating.Escaping;
using Magsag.Gating.Findings;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Files;
using Magsag.Pricing.Costs;

namespace Magsag.Gating.Verdicts;

/// <summary>A verdict for people who review a change: what was found, and which tests cost something else now.</summary>
internal static class VerdictMarkdown
{
    // A comment on a pull request holds 65,536 characters.
    private const int MostTests = 50;
    private const int MostLetters = 1000;

    /// <summary>Writes a verdict.</summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="escape">How text stands in this Markdown as what it is; GitHub's when null.</param>
    public static string Write(Verdict verdict, Func<string, string>? escape = null)
    {
        // A name of thousands of letters would push everything else out of the comment.
        string Shown(string text) => (escape ?? MarkdownText.Escape)(Excerpt.From(text, MostLetters));

        var text = new StringBuilder();
        text.Append("**").Append(Shown(verdict.Headline)).Append("**\n");
        AddFindings(text, verdict.Findings, Shown);
        AddTests(text, [.. verdict.Changes.Where(static change => change.Scope == "test")], Shown);
        return text.ToString();
    }

    private static void AddFindings(StringBuilder text, IReadOnlyList<Finding> findings, Func<string, string> shown)
    {
        if (findings.Count == 0)
        {
            return;
        }

        text.Append("\n| | code | where | what |\n| --- | --- | --- | --- |\n");
        foreach (Finding finding in findings)
        {
            text.Append("| ").Append(finding.Severity.ToString().ToLowerInvariant()).Append(" | ").Append(finding.Code).Append(" | ").Append(PlaceOf(finding)).Append(" | ").Append(shown(finding.Text)).Append(" |\n");
        }
    }

    // What stayed as it was is counted: the rows of a few changed tests must not be looked for among hundreds.
    private static void AddTests(StringBuilder text, ScopeChange[] tests, Func<string, string> shown)
    {
        ScopeChange[] changed = [.. tests.Where(static test => !IsUnchanged(test)).OrderByDescending(static test => Math.Abs((test.CurrentUsd ?? 0m) - (test.BaselineUsd ?? 0m)))];
        if (changed.Length > 0)
        {
            text.Append("\n| test | calls | baseline | now | change |\n| --- | ---: | ---: | ---: | ---: |\n");
        }

        foreach (ScopeChange test in changed.Take(MostTests))
        {
            text.Append("| ").Append(shown(test.Name)).Append(" | ").Append(CallsOf(test)).Append(" | ").Append(shown(AmountOf(test.BaselineCost))).Append(" | ").Append(shown(AmountOf(test.CurrentCost))).Append(" | ").Append(ChangeOf(test)).Append(" |\n");
        }

        string[] others =
        [
            .. changed.Length > MostTests ? [$"{Tests(changed.Length - MostTests)} more changed by less"] : Array.Empty<string>(),
            .. changed.Length < tests.Length ? [$"{Tests(tests.Length - changed.Length)} {(changed.Length > 0 ? "more " : "")}cost{(tests.Length - changed.Length == 1 ? "s" : "")} what the baseline has"] : Array.Empty<string>(),
        ];
        if (others.Length > 0)
        {
            text.Append('\n').Append(string.Join("; ", others)).Append(".\n");
        }
    }

    private static bool IsUnchanged(ScopeChange test) => test.BaselineCalls == test.CurrentCalls && test.BaselineCost == test.CurrentCost;

    private static string Tests(int count) => $"{MoneyText.Count(count)} {(count == 1 ? "test" : "tests")}";

    private static string CallsOf(ScopeChange change) => change.BaselineCalls == change.CurrentCalls
        ? MoneyText.Count(change.CurrentCalls)
        : $"{MoneyText.Count(change.BaselineCalls)} → {MoneyText.Count(change.CurrentCalls)}";

    private static string AmountOf(Cost? cost) => cost is { } known ? MoneyText.BoundOf(known) : "–";

    private static string ChangeOf(ScopeChange change) => (change.BaselineCost, change.CurrentCost) switch
    {
        ({ } before, { } now) => MoneyText.ChangeOf(before, now),
        (null, _) => "new",
        _ => "gone",
    };

    private static string PlaceOf(Finding finding) =>
        finding.File is not { } file ? "" : MarkdownText.Code(Excerpt.From(file, MostLetters) + (finding.Line > 0 ? ":" + finding.Line.ToString(CultureInfo.InvariantCulture) : ""));
}
