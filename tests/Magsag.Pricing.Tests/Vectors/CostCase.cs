using System.Globalization;

namespace Magsag.Pricing.Tests.Vectors;

/// <summary>One line of <c>cost-cases.txt</c>: rates in the catalogue's own words, the counts of a call, and what it costs.</summary>
internal sealed record CostCase(string Id, string Provider, string Model, DateTimeOffset At, string? ServiceTier, string Rates, string Counts, decimal Input, decimal Output, decimal Total)
{
    private static readonly DateTimeOffset Undated = new(2026, 8, 21, 12, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<CostCase> All { get; } = [.. Lines().Select(Parse)];

    /// <summary>A catalogue with one model, <c>case</c>, that has the rates of this case.</summary>
    public PriceCatalog Catalog()
    {
        bool graduated = Rates.StartsWith("graduated ", StringComparison.Ordinal);
        string lines = Rates.Substring(graduated ? "graduated ".Length : 0).Replace(" ; ", "\n      ");
        string mode = Rates.Contains("in ", StringComparison.Ordinal) && !Rates.Contains(" out ", StringComparison.Ordinal) ? "    mode embedding\n" : "";
        return PriceCatalog.Parse($"format 1\nprovider test\n  model case\n{mode}    price{(graduated ? " graduated" : "")} source case 2026-08-21\n      {lines}\n");
    }

    /// <summary>The counts, or null when they aren't whole tokens.</summary>
    public Usage? Usage() => Usage(Counts);

    /// <summary>The counts that a text such as <c>in 1000 out 100</c> lists, or null when they aren't whole tokens.</summary>
    public static Usage? Usage(string text)
    {
        var counts = new Dictionary<string, decimal>();
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int at = 0; at < words.Length; at += 2)
        {
            counts.Add(words[at], Decimal(words[at + 1]));
        }

        long Count(string word) => (long)counts.GetValueOrDefault(word);
        return counts.Any(pair => pair.Key != "seconds" && pair.Value != decimal.Truncate(pair.Value)) ? null : new Usage
        {
            InputTokens = Count("in"),
            CachedInputTokens = Count("cached"),
            CacheWriteTokens = Count("write"),
            CacheWriteOneHourTokens = Count("write1h"),
            OutputTokens = Count("out"),
            ReasoningTokens = Count("reasoning"),
            CitationTokens = Count("citation"),
            InputAudioTokens = Count("audio-in"),
            CachedInputAudioTokens = Count("audio-cached"),
            OutputAudioTokens = Count("audio-out"),
            InputImageTokens = Count("image-in"),
            CachedInputImageTokens = Count("image-cached"),
            OutputImageTokens = Count("image-out"),
            InputVideoTokens = Count("video-in"),
            OutputVideoTokens = Count("video-out"),
            WebSearches = Count("search"),
            AudioSeconds = counts.GetValueOrDefault("seconds"),
        };
    }

    private static CostCase Parse(string line)
    {
        string[] fields = line.Split('|');
        DateTimeOffset at = fields[3].Length == 0 ? Undated : DateTimeOffset.Parse(fields[3], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new CostCase(fields[0], fields[1], fields[2], at, fields[4].Length == 0 ? null : fields[4], fields[5], fields[6], Decimal(fields[7]), Decimal(fields[8]), Decimal(fields[9]));
    }

    private static decimal Decimal(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines()
    {
        using var reader = new StreamReader(typeof(CostCase).Assembly.GetManifestResourceStream("cost-cases.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#');
    }
}
