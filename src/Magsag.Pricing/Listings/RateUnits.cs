namespace Magsag.Pricing.Listings;

/// <summary>The units that the catalogue prices, and the words that it uses for them.</summary>
internal static class RateUnits
{
    private static readonly string[] Words =
    [
        "in", "cached", "write", "write1h", "out", "reasoning", "citation", "audio-in", "audio-cached", "audio-out",
        "image-in", "image-cached", "image-out", "video-in", "video-out", "search", "request", "audio-hour",
    ];

    public static int Count => Words.Length;

    public static IReadOnlyList<string> All => Words;

    public static string WordOf(RateUnit unit) => Words[(int)unit];

    public static RateUnit? Find(string word)
    {
        int index = Array.IndexOf(Words, word);
        return index < 0 ? null : (RateUnit)index;
    }

    /// <summary>Per token, and so subject to batch discounts and region uplifts; fees are not.</summary>
    public static bool IsPerToken(RateUnit unit) => unit < RateUnit.WebSearch;

    public static bool IsOutput(RateUnit unit) =>
        unit is RateUnit.Output or RateUnit.Reasoning or RateUnit.Citation or RateUnit.OutputAudio or RateUnit.OutputImage or RateUnit.OutputVideo;
}
