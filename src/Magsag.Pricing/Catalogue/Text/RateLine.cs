namespace Magsag.Pricing;

/// <summary>Prices as the catalogue lists them: for one channel (standard, batch, flex, priority) and from one context length on.</summary>
internal sealed record RateLine(string Channel, long Over, Rates Rates);
