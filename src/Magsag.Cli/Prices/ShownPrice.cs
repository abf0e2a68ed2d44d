namespace Magsag.Cli.Prices;

/// <summary>One row of <c>magsag prices show</c>.</summary>
internal sealed record ShownPrice(string? When, string Channel, long Above, Rates Rates, string Source);
