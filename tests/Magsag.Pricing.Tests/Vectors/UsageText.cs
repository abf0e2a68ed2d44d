using System.Globalization;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Tests.Vectors;

/// <summary>Token counts as the vectors write them: <c>in 1000 cached 400 out 100</c>.</summary>
internal static class UsageText
{
    public static Usage Parse(string text)
    {
        var counts = new Dictionary<string, long>();
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int at = 0; at < words.Length; at += 2)
        {
            counts.Add(words[at], long.Parse(words[at + 1], CultureInfo.InvariantCulture));
        }

        return new Usage
        {
            InputTokens = counts.GetValueOrDefault("in"),
            CachedInputTokens = counts.GetValueOrDefault("cached"),
            CacheWriteTokens = counts.GetValueOrDefault("write"),
            CacheWriteOneHourTokens = counts.GetValueOrDefault("write1h"),
            OutputTokens = counts.GetValueOrDefault("out"),
            ReasoningTokens = counts.GetValueOrDefault("reasoning"),
            CitationTokens = counts.GetValueOrDefault("citation"),
            InputAudioTokens = counts.GetValueOrDefault("audio-in"),
            CachedInputAudioTokens = counts.GetValueOrDefault("audio-cached"),
            OutputAudioTokens = counts.GetValueOrDefault("audio-out"),
            InputImageTokens = counts.GetValueOrDefault("image-in"),
            CachedInputImageTokens = counts.GetValueOrDefault("image-cached"),
            OutputImageTokens = counts.GetValueOrDefault("image-out"),
            InputVideoTokens = counts.GetValueOrDefault("video-in"),
            WebSearches = counts.GetValueOrDefault("search"),
        };
    }
}
