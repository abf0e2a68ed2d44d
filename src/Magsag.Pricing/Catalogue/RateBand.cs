namespace Magsag.Pricing;

/// <summary>The prices in force above a number of input tokens, everything resolved that the catalogue leaves implicit.</summary>
internal readonly record struct RateBand(long Over, Rates Rates);
