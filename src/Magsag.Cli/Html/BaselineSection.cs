using Magsag.Gating;

namespace Magsag.Cli.Html;

/// <summary>How the calls compare with the baseline: the verdict's findings, and what became dearer.</summary>
internal static class BaselineSection
{
    private const int MostRows = 25;

    public static void Write(HtmlBuilder page, Verdict verdict)
    {
        page.Add($"""
            <section aria-labelledby="baseline-title">
            <h2 id="baseline-title">Against the baseline</h2>
            <p><span class="badge {verdict.Status}">{verdict.Status}</span> {verdict.Headline}</p>

            """);
        WriteFindings(page, verdict.Findings);
        WriteRises(page, [.. verdict.Changes.Where(static change => (change.CurrentUsd ?? 0m) > (change.BaselineUsd ?? 0m)).OrderByDescending(static change => (change.CurrentUsd ?? 0m) - (change.BaselineUsd ?? 0m)).Take(MostRows)]);
        page.AddMarkup("</section>\n");
    }

    private static void WriteFindings(HtmlBuilder page, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        page.AddMarkup("<ul class=\"findings\">\n");
        foreach (Finding finding in findings)
        {
            page.Add($"<li><strong>{finding.Code}</strong> {finding.Text}");
            if (finding.File is { } file)
            {
                page.Add($" <code>{file}{(finding.Line > 0 ? $":{finding.Line}" : "")}</code>");
            }

            page.AddMarkup("</li>\n");
        }

        page.AddMarkup("</ul>\n");
    }

    private static void WriteRises(HtmlBuilder page, IReadOnlyList<ScopeChange> rises)
    {
        if (rises.Count == 0)
        {
            page.AddMarkup("<p>Nothing became dearer.</p>\n");
            return;
        }

        page.AddMarkup("""
            <div class="scroll" role="region" tabindex="0" aria-label="What became dearer">
            <table><thead><tr><th scope="col">What became dearer</th><th scope="col">Kind</th><th scope="col" class="number">Baseline</th><th scope="col" class="number">Now</th><th scope="col" class="number">Change</th></tr></thead><tbody>

            """);
        foreach (ScopeChange rise in rises)
        {
            page.Add($"<tr><th scope=\"row\">{rise.Name}</th><td>{rise.Scope}</td><td class=\"number\">{(rise.BaselineUsd is { } before ? MoneyText.Of(before) : "–")}</td><td class=\"number\">{MoneyText.Of(rise.CurrentUsd ?? 0m)}</td><td class=\"number\">{MoneyText.ChangeOf(rise.BaselineUsd ?? 0m, rise.CurrentUsd ?? 0m)}</td></tr>\n");
        }

        page.AddMarkup("</tbody></table></div>\n");
    }
}
