using System.Globalization;
using System.Text.Json;
using Magsag.Pricing.Tokens;

namespace Magsag.Cli.Tests.Prices;

/// <summary>One case of the file of known costs: the prices in the words of the list that they come from, a usage, and what it costs.</summary>
internal sealed record CostVector(string Id, bool IsLiteLlm, string? Provider, string? Model, DateTimeOffset At, string? ServiceTier, JsonElement Prices, Usage? Usage, decimal Input, decimal Output, decimal Total)
{
    // The undated cases have the prices of the day before GPT-5.6 Sol's were cut.
    private static readonly DateTimeOffset Undated = new(2026, 8, 20, 12, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<CostVector> ReadAll(string path)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(path));
        return [.. file.RootElement.GetProperty("vectors").EnumerateArray().Select(Read)];
    }

    private static CostVector Read(JsonElement vector)
    {
        bool isLiteLlm = JsonMembers.Child(vector, "litellm_rates_usd_per_token") is not null;
        string? provider = JsonMembers.Text(vector, "resolved_provider") ?? JsonMembers.Text(vector, "provider");
        return new CostVector(
            JsonMembers.Text(vector, "id")!,
            isLiteLlm,
            provider,
            JsonMembers.Text(vector, "model"),
            JsonMembers.Text(vector, "date") is { } date ? DateTimeOffset.Parse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : Undated,
            JsonMembers.Text(vector, "service_tier"),
            vector.GetProperty(isLiteLlm ? "litellm_rates_usd_per_token" : "prices").Clone(),
            isLiteLlm ? ReadRaw(vector.GetProperty("raw_usage"), provider) : ReadNormalised(vector.GetProperty("usage")),
            Amount(vector, "expected_input_usd"),
            Amount(vector, "expected_output_usd"),
            Amount(vector, "expected_usd"));
    }

    // LiteLLM's cases have the usage as the provider sends it; what its own type has no member for stands in "usage_extra".
    private static Usage? ReadRaw(JsonElement usage, string? provider)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (JsonProperty member in usage.EnumerateObject().Concat(JsonMembers.Child(usage, "usage_extra")?.EnumerateObject() ?? []))
        {
            members[member.Name] = member.Value;
        }

        JsonElement body = JsonSerializer.SerializeToElement(new Dictionary<string, object> { ["usage"] = members });
        return WireUsageReader.Read(body, provider)?.Usage;
    }

    // Null where a count isn't whole.
    private static Usage? ReadNormalised(JsonElement usage)
    {
        string[] known = [.. usage.EnumerateObject().Select(member => member.Name).Where(name => name != "audio_seconds")];
        if (known.Any(name => JsonMembers.Number(usage, name) is null))
        {
            return null;
        }

        long Count(string name) => JsonMembers.Number(usage, name) ?? 0;
        return new Usage
        {
            InputTokens = Count("input_tokens"),
            CachedInputTokens = Count("cache_read_tokens"),
            CacheWriteTokens = Math.Max(Count("cache_write_tokens"), Count("cache_write_5m_tokens") + Count("cache_write_1h_tokens")),
            CacheWriteOneHourTokens = Count("cache_write_1h_tokens"),
            InputAudioTokens = Count("input_audio_tokens"),
            CachedInputAudioTokens = Count("cache_audio_read_tokens"),
            InputImageTokens = Count("input_image_tokens"),
            CachedInputImageTokens = Count("cache_image_read_tokens"),
            InputVideoTokens = Count("input_video_tokens"),
            OutputTokens = Count("output_tokens"),
            ReasoningTokens = Count("output_reasoning_tokens"),
            CitationTokens = Count("output_citation_tokens"),
            OutputAudioTokens = Count("output_audio_tokens"),
            OutputImageTokens = Count("output_image_tokens"),
            OutputVideoTokens = Count("output_video_tokens"),
            WebSearches = Count("web_searches"),
            AudioSeconds = usage.TryGetProperty("audio_seconds", out JsonElement seconds) ? decimal.Parse(seconds.ToString(), CultureInfo.InvariantCulture) : 0m,
        };
    }

    private static decimal Amount(JsonElement vector, string name) => decimal.Parse(vector.GetProperty(name).GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
