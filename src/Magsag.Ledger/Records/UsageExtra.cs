using System.Text;
using Magsag.Pricing.Tokens;

namespace Magsag.Ledger.Records;

/// <summary>One of the counts that few calls have, as a member of ledger lines and totals: name, how it is read off a usage, how it is set.</summary>
internal sealed record UsageExtra(string Name, Func<Usage, decimal> Of, Func<Usage, decimal, Usage> With, bool IsWhole = true)
{
    /// <summary>All of them, in the order in which they are written.</summary>
    public static IReadOnlyList<UsageExtra> All { get; } =
    [
        new("input_audio_tokens", static usage => usage.InputAudioTokens, static (usage, count) => usage with { InputAudioTokens = (long)count }),
        new("cached_input_audio_tokens", static usage => usage.CachedInputAudioTokens, static (usage, count) => usage with { CachedInputAudioTokens = (long)count }),
        new("input_image_tokens", static usage => usage.InputImageTokens, static (usage, count) => usage with { InputImageTokens = (long)count }),
        new("cached_input_image_tokens", static usage => usage.CachedInputImageTokens, static (usage, count) => usage with { CachedInputImageTokens = (long)count }),
        new("input_video_tokens", static usage => usage.InputVideoTokens, static (usage, count) => usage with { InputVideoTokens = (long)count }),
        new("citation_tokens", static usage => usage.CitationTokens, static (usage, count) => usage with { CitationTokens = (long)count }),
        new("output_audio_tokens", static usage => usage.OutputAudioTokens, static (usage, count) => usage with { OutputAudioTokens = (long)count }),
        new("output_image_tokens", static usage => usage.OutputImageTokens, static (usage, count) => usage with { OutputImageTokens = (long)count }),
        new("output_video_tokens", static usage => usage.OutputVideoTokens, static (usage, count) => usage with { OutputVideoTokens = (long)count }),
        new("web_searches", static usage => usage.WebSearches, static (usage, count) => usage with { WebSearches = (long)count }),
        new("audio_seconds", static usage => usage.AudioSeconds, static (usage, seconds) => usage with { AudioSeconds = seconds }, IsWhole: false),
    ];

    /// <summary>The name in UTF-8.</summary>
    public byte[] NameBytes { get; } = Encoding.UTF8.GetBytes(Name);

    /// <summary>The name as the next member of a JSON object, with the comma before it and the colon behind it.</summary>
    public byte[] MemberBytes { get; } = Encoding.UTF8.GetBytes($",\"{Name}\":");

    /// <summary>Whether <paramref name="count"/> can be such a count.</summary>
    public bool Admits(decimal count) => count is >= 0 and < RecordLimits.Count && (!IsWhole || count == decimal.Truncate(count));
}
