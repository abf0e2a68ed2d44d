using System.Globalization;
using System.Text.Json;
using Magsag.Gating;

namespace Magsag.Cli.Html;

/// <summary>Renders a report as one HTML file that needs nothing else: styles, scripts and figures are within it, and its own policy forbids any request.</summary>
internal static class HtmlReport
{
    /// <summary>The whole page.</summary>
    public static string Render(ReportPage report)
    {
        string connect = report.IsLive ? " connect-src 'self';" : "";
        var page = new HtmlBuilder();
        page.Add($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src {ReportAsset.Style.Hash}; script-src {ReportAsset.Charts.Hash} {ReportAsset.Script.Hash};{connect} img-src data:; base-uri 'none'; form-action 'none'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{report.Title}</title>
            <style>
            """);
        page.AddMarkup(ReportAsset.Style.Text).AddMarkup("</style>\n</head>\n");
        page.Add($"<body data-live=\"{(report.IsLive ? "true" : "false")}\">\n");
        page.AddMarkup(RenderContent(report));
        page.AddMarkup("<script>").AddMarkup(ReportAsset.Charts.Text).AddMarkup("</script>\n<script>").AddMarkup(ReportAsset.Script.Text).AddMarkup("</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    /// <summary>What changes when the costs do: the part of the page that the dashboard replaces.</summary>
    public static string RenderContent(ReportPage report)
    {
        var page = new HtmlBuilder();
        CostSummary summary = report.Summary;
        page.Add($"<main>\n<header>\n<h1>{report.Title}</h1>\n<p>{PeriodOf(report)}</p>\n</header>\n");
        if (summary.Totals.Calls == 0 && summary.CacheHits == 0)
        {
            page.AddMarkup("<p class=\"note\">No calls were recorded in this period.</p>\n</main>\n");
            return page.ToString();
        }

        CacheSavings savings = CacheSavings.Of(summary, report.Prices);
        ReportChart time = SpendOverTime.ChartOf(summary);
        IReadOnlyList<ShareSection> shares = ShareSection.Of(summary);
        ReportFigures.Write(page, report, savings);
        if (report.Verdict is { } verdict)
        {
            BaselineSection.Write(page, verdict);
        }

        SpendOverTime.Write(page, time);
        foreach (ShareSection section in shares)
        {
            section.Write(page, summary.Totals.CostUsd);
        }

        savings.Write(page);
        IReadOnlyList<ReportChart> charts = [time, .. shares.Select(static section => section.Chart)];

        // The serializer escapes <, > and &, so no name can end the element.
        page.AddMarkup("<script type=\"application/json\" id=\"charts\">").AddMarkup(JsonSerializer.Serialize(charts, ReportJson.Default.IReadOnlyListReportChart)).AddMarkup("</script>\n</main>\n");
        return page.ToString();
    }

    private static string PeriodOf(ReportPage report)
    {
        string period = (report.Summary.From, report.Summary.To) is ({ } from, { } to)
            ? $"{Minute(from)} to {Minute(to)} UTC"
            : "no calls";
        return report.Made is { } made ? $"{period}; made {Minute(made)} UTC" : period;
    }

    private static string Minute(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
