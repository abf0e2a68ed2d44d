namespace Magsag.Cli.Html;

/// <summary>A chart that the page's script draws.</summary>
/// <param name="Id">The id of its canvas.</param>
/// <param name="Kind"><c>time</c>: stacked columns per day; <c>share</c>: lying bars, one per name.</param>
/// <param name="Labels">The days or the names.</param>
/// <param name="Series">The amounts in US dollars, one list as long as the labels per series.</param>
internal sealed record ReportChart(string Id, string Kind, IReadOnlyList<string> Labels, IReadOnlyList<ChartSeries> Series);
