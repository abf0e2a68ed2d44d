namespace Magsag.Pricing.Listings;

/// <summary>The channels that have prices of their own, and the words by which providers name them in a response.</summary>
internal static class Channels
{
    public const int Standard = 0;
    public const int Batch = 1;

    private const int Flex = 2;
    private const int Priority = 3;

    /// <summary>The catalogue's words for the channels.</summary>
    public static readonly string[] All = ["standard", "batch", "flex", "priority"];

    private static readonly (string Word, int Channel)[] Words =
    [
        ("default", Standard),
        ("standard", Standard),
        ("batch", Batch),
        ("flex", Flex),
        ("priority", Priority),
        ("fast", Priority),
        ("auto", Standard),
        ("on_demand", Standard),
        ("on-demand", Standard),
        ("on_demand_standard", Standard),
        ("on_demand_flex", Flex),
        ("on_demand_priority", Priority),
        ("not_available", Standard),
        ("unspecified", Standard),
    ];

    /// <summary>The channel that a returned service tier is billed in, or null when the tier isn't known.</summary>
    public static int? Find(string? serviceTier)
    {
        if (string.IsNullOrEmpty(serviceTier))
        {
            return Standard;
        }

        foreach ((string word, int channel) in Words)
        {
            if (string.Equals(word, serviceTier, StringComparison.OrdinalIgnoreCase))
            {
                return channel;
            }
        }

        return null;
    }
}
