using System.Text.Json;
using Magsag.Cli.Prices;

namespace Magsag.Cli.Html;

/// <summary>Renders a report as one HTML file that needs nothing else: styles, scripts and figures are within it, and its own policy forbids any request.</summary>
internal static class HtmlReport
{
    /// <summary>What a page may load and run: its own style and scripts, and nothing else from anywhere.</summary>
    /// <param name="isLive">Whether it may ask the server that it came from for newer figures.</param>
    public static string ContentSecurityPolicy(bool isLive) =>
        $"default-src 'none'; style-src {ReportAsset.Style.Hash}; script-src {ReportAsset.Charts.Hash} {ReportAsset.Script.Hash};{(isLive ? " connect-src 'self';" : "")} img-src data:; base-uri 'none'; form-action 'none'";

    /// <summary>The whole page.</summary>
    public static string Render(ReportPage report) => Render(report.Title, report.IsLive, RenderContent(report));

    /// <summary>A live page that has no figures yet, with the reason.</summary>
    public static string RenderProblem(string title, string problem) =>
        Render(title, isLive: true, new HtmlBuilder().Add($"<main>\n<header>\n<h1>{title}</h1>\n</header>\n<p class=\"note\">The costs can’t be read now: {problem}</p>\n</main>\n").ToString());

    /// <summary>What changes when the costs do: the part of the page that the dashboard replaces.</summary>
    public static string RenderContent(ReportPage report)
    {
        var page = new HtmlBuilder();
        CostSummary summary = report.Summary;
        WriteHeader(page, report);
        if (summary.Totals.Calls == 0 && summary.CacheHits == 0 && summary.Corrections == 0)
        {
            page.Add($"<p class=\"note\">No calls were recorded{(report.Conditions.Count > 0 ? " that meet these conditions" : "")}. Calls are recorded by clients that are built with UseCostTracking(), into the folder .runs/costs.</p>\n</main>\n");
            return page.ToString();
        }

        CacheSavings savings = CacheSavings.From(summary, report.Prices);
        SpendOverTime time = SpendOverTime.From(summary, report.Zone);
        IReadOnlyList<ShareSection> shares = ShareSection.All(summary);
        ReportFigures.Write(page, report, savings);
        WriteContents(page, report, time, shares, savings);
        if (report.Verdict is { } verdict)
        {
            BaselineSection.Write(page, verdict);
        }

        time.Write(page);
        foreach (ShareSection section in shares)
        {
            section.Write(page, summary.Totals);
        }

        savings.Write(page);
        ReportChart[] charts = [.. ((ReportChart?[])[time.Chart, .. shares.Select(static section => section.Chart)]).OfType<ReportChart>()];

        // The serializer escapes <, > and &, so no name can end the element.
        page.AddMarkup("<footer>\n<p>Amounts are rounded where they are shown and exact where they are added up. Days are those of ").Add($"{report.Zone.Id}. {PriceAge.Foot(report.Prices)}").AddMarkup("</p>\n</footer>\n<script type=\"application/json\" id=\"charts\">").AddMarkup(JsonSerializer.Serialize(charts, ReportJson.Default.ReportChartArray)).AddMarkup("</script>\n</main>\n");
        return page.ToString();
    }

    private static string Render(string title, bool isLive, string content)
    {
        var page = new HtmlBuilder();
        page.Add($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="
            """);
        page.AddMarkup(ContentSecurityPolicy(isLive));
        page.Add($"""
            ">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <style>
            """);
        page.AddMarkup(ReportAsset.Style.Text).AddMarkup("</style>\n</head>\n<body>\n");
        if (isLive)
        {
            page.AddMarkup("<header class=\"live\">\n<p role=\"status\" id=\"state\">Connecting …</p>\n<button type=\"button\" id=\"pause\" hidden>Pause</button>\n</header>\n");
        }

        page.AddMarkup(content);
        page.AddMarkup("<script>").AddMarkup(ReportAsset.Charts.Text).AddMarkup("</script>\n<script>").AddMarkup(ReportAsset.Script.Text).AddMarkup("</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static void WriteHeader(HtmlBuilder page, ReportPage report)
    {
        page.Add($"<main>\n<header>\n<h1>{report.Title}</h1>\n<p>{Period(report)}</p>\n");
        if (report.Conditions.Count > 0)
        {
            page.Add($"<p class=\"conditions\">Only calls with <bdi>{string.Join(", ", report.Conditions)}</bdi></p>\n");
        }

        page.AddMarkup("</header>\n");
    }

    private static void WriteContents(HtmlBuilder page, ReportPage report, SpendOverTime time, IReadOnlyList<ShareSection> shares, CacheSavings savings)
    {
        IEnumerable<(string Id, string Title)> sections =
        [
            .. report.Verdict is null ? [] : ((string, string)[])[("baseline", "Baseline")],
            .. time.IsEmpty ? [] : ((string, string)[])[("spend-over-time", "Over time")],
            .. shares.Select(static section => (section.Id, char.ToUpperInvariant(section.Several[0]) + section.Several[1..])),
            .. savings.Any ? ((string, string)[])[("caches", "Caches")] : [],
        ];
        page.AddMarkup("<nav aria-label=\"Sections\"><ul>\n");
        foreach ((string id, string title) in sections)
        {
            page.Add($"<li><a href=\"#{id}\">{title}</a></li>\n");
        }

        page.AddMarkup("</ul></nav>\n");
    }

    private static string Period(ReportPage report)
    {
        string period = (report.Summary.From, report.Summary.To) is ({ } from, { } to)
            ? Period(TimeText.Minute(from, report.Zone), TimeText.Minute(to, report.Zone))
            : "No calls";
        string made = report switch
        {
            { Made: null } => "",
            { IsLive: true } => $"; as of {TimeText.Second(report.Made.Value, report.Zone)}",
            _ => $"; made {TimeText.Minute(report.Made.Value, report.Zone)}",
        };
        return $"{period}{made}{(report.Zone == TimeZoneInfo.Utc ? "" : $" ({report.Zone.Id})")}";
    }

    // The zone is named once where it is the same.
    private static string Period(string from, string to)
    {
        int zone = to.LastIndexOf(' ');
        return from == to ? $"Calls at {from}"
            : from.EndsWith(to[zone..], StringComparison.Ordinal) ? $"Calls from {from[..zone]} to {to}"
            : $"Calls from {from} to {to}";
    }
}
