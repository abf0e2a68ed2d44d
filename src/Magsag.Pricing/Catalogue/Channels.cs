namespace Magsag.Pricing;

/// <summary>The channels that have prices of their own, and the words by which providers name them in a response.</summary>
internal static class Channels
{
    public const string Standard = "standard";
    public const string Batch = "batch";

    public static readonly string[] All = [Standard, Batch, "flex", "priority"];

    /// <summary>The channel that a returned service tier is billed in, or null when the tier isn't known.</summary>
    public static string? Of(in PriceTerms terms)
    {
        if (terms.Batch)
        {
            return Batch;
        }

        string? tier = terms.ServiceTier;
        if (tier is null || tier.Length == 0)
        {
            return Standard;
        }

        return Words.TryGetValue(tier, out string? channel) ? channel : null;
    }

    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["standard"] = Standard,
        ["default"] = Standard,
        ["auto"] = Standard,
        ["on_demand"] = Standard,
        ["on-demand"] = Standard,
        ["ON_DEMAND_STANDARD"] = Standard,
        ["not_available"] = Standard,
        ["unspecified"] = Standard,
        ["batch"] = Batch,
        ["flex"] = "flex",
        ["ON_DEMAND_FLEX"] = "flex",
        ["priority"] = "priority",
        ["ON_DEMAND_PRIORITY"] = "priority",
        ["fast"] = "priority",
    };
}
