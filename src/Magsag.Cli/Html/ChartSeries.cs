namespace Magsag.Cli.Html;

/// <summary>One series of a chart.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Values">US dollars, one per label.</param>
internal sealed record ChartSeries(string Name, IReadOnlyList<decimal> Values);
