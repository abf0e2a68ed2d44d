namespace Magsag.Pricing.Listings;

/// <summary>What a region costs more: a factor on every token price.</summary>
// A class, because generic collections of it need no compilation of their own when a process starts.
internal sealed record Uplift(string Region, decimal Factor);
