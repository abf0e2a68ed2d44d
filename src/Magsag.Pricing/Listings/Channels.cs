namespace Magsag.Pricing.Listings;

/// <summary>The channels that have prices of their own, and the words by which providers name them in a response.</summary>
internal static class Channels
{
    public const int Standard = 0;
    public const int Batch = 1;

    public const int Priority = 3;

    private const int Flex = 2;
    private const int Fast = 4;

    /// <summary>The catalogue's words for the channels.</summary>
    public static readonly string[] All = ["standard", "batch", "flex", "priority", "fast"];

    private static readonly (string Word, int Channel)[] Words =
    [
        ("default", Standard),
        ("standard", Standard),
        ("batch", Batch),
        ("flex", Flex),
        ("priority", Priority),
        ("fast", Fast),
        ("auto", Standard),
        ("on_demand", Standard),
        ("on-demand", Standard),
        ("on_demand_standard", Standard),
        ("on_demand_flex", Flex),
        ("on_demand_priority", Priority),
        ("not_available", Standard),
        ("unspecified", Standard),
    ];

    /// <summary>The channel whose prices hold where one lists none of its own, or null: OpenAI's word for its priority tier is "fast", too.</summary>
    public static int? Fallback(int channel) => channel == Fast ? Priority : null;

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
