using System.Globalization;
using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Html;

/// <summary>How the calls compare with the baseline: the verdict's findings, and what became dearer.</summary>
internal static class BaselineSection
{
    private const int MostOpen = 8;
    private const int MostFindings = 3;
    private const int MostBelow = 100;

    public static void Write(HtmlBuilder page, Verdict verdict)
    {
        page.Add($"""
            <section id="baseline" aria-labelledby="baseline-title">
            <h2 id="baseline-title">Against the baseline</h2>
            <p><span class="badge {verdict.Status}">{verdict.Status}</span> <bdi>{Headline(verdict)}</bdi></p>

            """);
        WriteRises(page, [.. verdict.Changes.Where(static change => Rise(change) > 0m).OrderByDescending(Rise).ThenBy(static change => change.Name, StringComparer.Ordinal)]);
        WriteFindings(page, verdict.Findings);
        page.AddMarkup("</section>\n");
    }

    // The verdict's own line repeats what its badge says, and which models lack a price.
    private static string Headline(Verdict verdict) => verdict.BaselineCost is { } baseline
        ? $"{MoneyText.Count(verdict.Calls)} {(verdict.Calls == 1 ? "call" : "calls")}, {MoneyText.BoundOf(verdict.Cost)}, baseline {MoneyText.BoundOf(baseline)} ({MoneyText.ChangeOf(baseline.LowerBound, verdict.CostUsd)})"
        : verdict.Headline;

    private static void WriteFindings(HtmlBuilder page, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        page.AddMarkup("<h3>What the gate found</h3>\n");
        WriteList(page, findings.Take(MostFindings));
        if (findings.Count > MostFindings)
        {
            page.Add($"<details id=\"findings-more\"><summary>{MoneyText.Count(findings.Count - MostFindings)} more {(findings.Count == MostFindings + 1 ? "finding" : "findings")}</summary>\n");
            WriteList(page, findings.Skip(MostFindings).Take(MostBelow));
            WriteRest(page, findings.Count - MostFindings, "findings");
            page.AddMarkup("</details>\n");
        }
    }

    private static void WriteList(HtmlBuilder page, IEnumerable<Finding> findings)
    {
        page.AddMarkup("<ul class=\"findings\">\n");
        foreach (Finding finding in findings)
        {
            page.Add($"<li class=\"{finding.Severity.ToString().ToLowerInvariant()}\"><strong>{finding.Code}</strong> <bdi>{new NameText(finding.Text)}</bdi>");
            if (finding.File is { } file)
            {
                page.Add($" <code>{new NameText(file + (finding.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $":{finding.Line}") : ""))}</code>");
            }

            page.AddMarkup("</li>\n");
        }

        page.AddMarkup("</ul>\n");
    }

    private static void WriteRises(HtmlBuilder page, ScopeChange[] rises)
    {
        if (rises.Length == 0)
        {
            page.AddMarkup("<p>No test, agent or call site became dearer.</p>\n");
            return;
        }

        MoneyColumn money = MoneyColumn.For(rises.Select(static rise => rise.CurrentUsd ?? 0m));
        WriteTable(page, "What became dearer", rises.Take(MostOpen), money);
        if (rises.Length > MostOpen)
        {
            page.Add($"<details id=\"rises-more\"><summary>{MoneyText.Count(rises.Length - MostOpen)} more that became dearer</summary>\n");
            WriteTable(page, "What else became dearer", rises.Skip(MostOpen).Take(MostBelow), money);
            WriteRest(page, rises.Length - MostOpen, "rises");
            page.AddMarkup("</details>\n");
        }

        page.AddMarkup("<p class=\"legend-text\">The last recording against the baseline, both at today’s prices. Tests, agents and call sites are views of the same calls: their rises overlap.</p>\n");
    }

    private static void WriteTable(HtmlBuilder page, string caption, IEnumerable<ScopeChange> rises, MoneyColumn money)
    {
        page.Add($"""
            <div class="scroll" role="group" tabindex="0" aria-label="Table: {caption}">
            <table><caption>{caption}</caption><thead><tr><th scope="col">{caption}</th><th scope="col">Kind</th><th scope="col" class="number">Calls then</th><th scope="col" class="number">Calls now</th><th scope="col" class="number">Baseline (USD)</th><th scope="col" class="number">Now (USD)</th><th scope="col" class="number">Rise (USD)</th><th scope="col" class="number">Change</th></tr></thead><tbody>

            """);
        foreach (ScopeChange rise in rises)
        {
            page.Add($"<tr><th scope=\"row\" dir=\"auto\">{new NameText(rise.Name)}</th><td class=\"kind\">{(rise.Scope == "site" ? "call site" : rise.Scope)}</td><td class=\"number\">{MoneyText.Count(rise.BaselineCalls)}</td><td class=\"number\">{MoneyText.Count(rise.CurrentCalls)}</td><td class=\"number\">{(rise.BaselineUsd is { } before ? money.Text(before) : "–")}</td><td class=\"number\">{money.Text(rise.CurrentUsd ?? 0m)}</td><td class=\"number\">{money.Text(Rise(rise))}</td><td class=\"number\">{MoneyText.ChangeOf(rise.BaselineUsd ?? 0m, rise.CurrentUsd ?? 0m)}</td></tr>\n");
        }

        page.AddMarkup("</tbody></table></div>\n");
    }

    private static void WriteRest(HtmlBuilder page, int count, string what)
    {
        int left = count - MostBelow;
        if (left > 0)
        {
            page.Add($"<p class=\"legend-text\">{MoneyText.Count(left)} more {what} are not listed.</p>\n");
        }
    }

    private static decimal Rise(ScopeChange change) => (change.CurrentUsd ?? 0m) - (change.BaselineUsd ?? 0m);
}
