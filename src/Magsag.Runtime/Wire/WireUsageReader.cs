using System.Text.Json;
using Magsag.Ledger.Figures;
using Magsag.Pricing.Tokens;
using static Magsag.Ledger.Files.JsonMembers;

namespace Magsag.Runtime.Wire;

/// <summary>Reads the usage out of a provider's raw response body, for every shape that providers send.</summary>
internal static class WireUsageReader
{
    /// <summary>Recognises the shape of a body, or null when it holds no usage that is known.</summary>
    /// <param name="body">A response body, or the last event of a stream that carries usage.</param>
    /// <param name="provider">The provider's name, when known: xAI and Perplexity count differently in the same shape.</param>
    public static UsageShape? Detect(JsonElement body, string? provider = null)
    {
        if (Child(body, "usageMetadata") is not null)
        {
            return UsageShape.Gemini;
        }

        if (Child(body, "response") is { } response && Child(response, "usage") is { } inner)
        {
            return Has(inner, "input_token_details") ? UsageShape.OpenAIRealtime : Detect(response, provider);
        }

        if (Child(body, "meta") is { } meta && Has(meta, "billed_units"))
        {
            return UsageShape.Cohere;
        }

        return Child(body, "usage") is { } usage ? DetectUsage(usage, provider) : Has(body, "prompt_eval_count") || Has(body, "eval_count") ? UsageShape.Ollama : null;
    }

    /// <summary>Reads the usage of a body in the shape that it is recognised to have; null when it holds none.</summary>
    /// <param name="body">A response body, or the last event of a stream that carries usage.</param>
    /// <param name="provider">The provider's name, when known.</param>
    public static WireUsage? Read(JsonElement body, string? provider = null) => Detect(body, provider) is { } shape ? Read(body, shape) : null;

    /// <summary>Reads the usage of a body in a known shape; null when it lacks the counts of that shape.</summary>
    /// <param name="body">A response body, or the last event of a stream that carries usage.</param>
    /// <param name="shape">The shape of the usage.</param>
    public static WireUsage? Read(JsonElement body, UsageShape shape)
    {
        JsonElement root = shape is UsageShape.OpenAIRealtime or UsageShape.OpenAIResponses && Child(body, "response") is { } response ? response : body;
        return UsageOf(root, shape) is { } usage && ReadCounts(usage, shape) is { } counts
            ? new WireUsage(counts, Text(root, "model") ?? Text(root, "modelVersion"), TierOf(root, usage, shape), RegionOf(usage), CostOf(usage))
            : null;
    }

    private static JsonElement? UsageOf(JsonElement root, UsageShape shape) => shape switch
    {
        UsageShape.Gemini => Child(root, "usageMetadata"),
        UsageShape.Ollama => root,
        _ => Child(root, "usage") ?? Child(root, "meta"),
    };

    private static UsageShape? DetectUsage(JsonElement usage, string? provider)
    {
        if (Has(usage, "inputTokens"))
        {
            return UsageShape.BedrockConverse;
        }

        if (Has(usage, "billed_units"))
        {
            return UsageShape.Cohere;
        }

        if (Has(usage, "prompt_tokens"))
        {
            return provider switch
            {
                "x_ai" or "xai" => UsageShape.XaiChat,
                "perplexity" => UsageShape.PerplexityChat,
                _ => Has(usage, "completion_tokens") ? UsageShape.OpenAIChat : UsageShape.Embeddings,
            };
        }

        if (!Has(usage, "input_tokens") && Text(usage, "type") != "duration")
        {
            return null;
        }

        return Has(usage, "cache_read_input_tokens") || Has(usage, "cache_creation_input_tokens") || Has(usage, "server_tool_use") ? UsageShape.Anthropic : UsageShape.OpenAIResponses;
    }

    private static Usage? ReadCounts(JsonElement usage, UsageShape shape) => shape switch
    {
        UsageShape.OpenAIChat => ReadChat(usage),
        UsageShape.OpenAIResponses => ReadResponses(usage),
        UsageShape.OpenAIRealtime => ReadRealtime(usage),
        UsageShape.Embeddings => Number(usage, "prompt_tokens") is { } input ? UsageConventions.FromOpenAI(input, 0) : null,
        UsageShape.XaiChat => ReadSeparateReasoning(usage, withCitations: false),
        UsageShape.PerplexityChat => ReadSeparateReasoning(usage, withCitations: true),
        UsageShape.Anthropic => ReadAnthropic(usage),
        UsageShape.Gemini => GeminiUsage.Read(usage),
        UsageShape.BedrockConverse => ReadBedrock(usage),
        UsageShape.Cohere => ReadCohere(usage),
        UsageShape.Ollama => ReadOllama(usage),
        _ => null,
    };

    private static Usage? ReadChat(JsonElement usage)
    {
        if (Number(usage, "prompt_tokens") is not { } input || Number(usage, "completion_tokens") is not { } output)
        {
            return null;
        }

        JsonElement? inputs = Child(usage, "prompt_tokens_details");
        JsonElement? outputs = Child(usage, "completion_tokens_details");
        long cached = Number(inputs, "cached_tokens") ?? Number(usage, "prompt_cache_hit_tokens") ?? 0;
        long write = Number(inputs, "cache_write_tokens") ?? Number(inputs, "cache_creation_tokens") ?? 0;
        return UsageConventions.FromOpenAI(input, output, cached, write, Number(outputs, "reasoning_tokens") ?? 0) with
        {
            InputAudioTokens = Number(inputs, "audio_tokens") ?? 0,
            InputImageTokens = Number(inputs, "image_tokens") ?? 0,
            InputVideoTokens = Number(inputs, "video_tokens") ?? 0,
            OutputAudioTokens = Number(outputs, "audio_tokens") ?? 0,
            OutputImageTokens = Number(outputs, "image_tokens") ?? 0,
            WebSearches = Number(inputs, "web_search_requests") ?? 0,
        };
    }

    private static Usage? ReadSeparateReasoning(JsonElement usage, bool withCitations)
    {
        if (Number(usage, "prompt_tokens") is not { } input || Number(usage, "completion_tokens") is not { } completion)
        {
            return null;
        }

        JsonElement? inputs = Child(usage, "prompt_tokens_details");
        long reasoning = Number(Child(usage, "completion_tokens_details"), "reasoning_tokens") ?? Number(usage, "reasoning_tokens") ?? 0;
        long citations = withCitations ? Number(usage, "citation_tokens") ?? 0 : 0;
        return UsageConventions.FromSeparateReasoning(input, completion, Number(inputs, "cached_tokens") ?? 0, reasoning, citations) with
        {
            WebSearches = withCitations ? Number(usage, "num_search_queries") ?? Number(inputs, "web_search_requests") ?? 0 : 0,
        };
    }

    private static Usage? ReadResponses(JsonElement usage)
    {
        if (Text(usage, "type") == "duration")
        {
            return Child(usage, "seconds") is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetDecimal(out decimal length) ? new Usage { AudioSeconds = length } : null;
        }

        if (Number(usage, "input_tokens") is not { } input || Number(usage, "output_tokens") is not { } output)
        {
            return null;
        }

        // Transcriptions spell the details without the plural.
        JsonElement? inputs = Child(usage, "input_tokens_details") ?? Child(usage, "input_token_details");
        JsonElement? outputs = Child(usage, "output_tokens_details");
        return UsageConventions.FromOpenAI(input, output, Number(inputs, "cached_tokens") ?? 0, Number(inputs, "cache_write_tokens") ?? 0, Number(outputs, "reasoning_tokens") ?? 0) with
        {
            InputAudioTokens = Number(inputs, "audio_tokens") ?? 0,
            OutputAudioTokens = Number(outputs, "audio_tokens") ?? 0,
            InputImageTokens = Number(inputs, "image_tokens") ?? 0,
            OutputImageTokens = Number(outputs, "image_tokens") ?? 0,
        };
    }

    private static Usage? ReadRealtime(JsonElement usage)
    {
        JsonElement? inputs = Child(usage, "input_token_details");
        JsonElement? cached = Child(inputs, "cached_tokens_details");
        return Number(usage, "input_tokens") is { } input
            ? UsageConventions.FromOpenAI(input, Number(usage, "output_tokens") ?? 0, Number(inputs, "cached_tokens") ?? 0) with
            {
                InputAudioTokens = Number(inputs, "audio_tokens") ?? 0,
                CachedInputAudioTokens = Number(cached, "audio_tokens") ?? 0,
                InputImageTokens = Number(inputs, "image_tokens") ?? 0,
                CachedInputImageTokens = Number(cached, "image_tokens") ?? 0,
                OutputAudioTokens = Number(Child(usage, "output_token_details"), "audio_tokens") ?? 0,
            }
            : null;
    }

    private static Usage? ReadAnthropic(JsonElement usage)
    {
        if (Number(usage, "input_tokens") is null || Number(usage, "output_tokens") is null)
        {
            return null;
        }

        Usage sum = ReadAnthropicCounts(usage);
        if (Child(usage, "iterations") is { ValueKind: JsonValueKind.Array } iterations)
        {
            // What compacting the conversation cost is billed, but the totals leave it out.
            foreach (JsonElement iteration in iterations.EnumerateArray().Where(iteration => Text(iteration, "type") == "compaction"))
            {
                sum = Usage.Sum(sum, ReadAnthropicCounts(iteration), CountBounds.Sum);
            }
        }

        return sum with { WebSearches = Number(Child(usage, "server_tool_use"), "web_search_requests") ?? 0 };
    }

    private static Usage ReadAnthropicCounts(JsonElement usage) => UsageConventions.FromAnthropic(
        Number(usage, "input_tokens") ?? 0,
        Number(usage, "output_tokens") ?? 0,
        Number(usage, "cache_read_input_tokens") ?? 0,
        Number(usage, "cache_creation_input_tokens") ?? 0,
        Number(Child(usage, "cache_creation"), "ephemeral_1h_input_tokens") ?? 0,
        Number(Child(usage, "output_tokens_details"), "thinking_tokens") ?? 0);

    private static Usage? ReadBedrock(JsonElement usage)
    {
        if (Number(usage, "inputTokens") is not { } input || Number(usage, "outputTokens") is not { } output)
        {
            return null;
        }

        long oneHour = 0;
        if (Child(usage, "cacheDetails") is { ValueKind: JsonValueKind.Array } details)
        {
            oneHour = details.EnumerateArray().Where(detail => Text(detail, "ttl") == "1h").Sum(detail => Number(detail, "inputTokens") ?? 0);
        }

        return UsageConventions.FromAnthropic(input, output, Number(usage, "cacheReadInputTokens") ?? 0, Number(usage, "cacheWriteInputTokens") ?? 0, oneHour);
    }

    private static Usage? ReadCohere(JsonElement usage)
    {
        JsonElement? billed = Child(usage, "billed_units") ?? Child(usage, "tokens");
        return Number(billed, "input_tokens") is { } input
            ? UsageConventions.FromOpenAI(input, Number(billed, "output_tokens") ?? 0) with { InputImageTokens = 0 }
            : null;
    }

    // Ollama leaves out what is 0: the input that it still had in memory, the output of an embedding.
    private static Usage? ReadOllama(JsonElement body)
    {
        long? input = Number(body, "prompt_eval_count");
        long? output = Number(body, "eval_count");
        return input is null && output is null ? null : UsageConventions.FromOpenAI(input ?? 0, output ?? 0);
    }

    private static string? TierOf(JsonElement root, JsonElement usage, UsageShape shape) => shape switch
    {
        UsageShape.Gemini => Text(usage, "serviceTier") ?? Text(usage, "trafficType"),
        UsageShape.Anthropic => Text(usage, "speed") is "fast" ? "fast" : Text(usage, "service_tier"),
        _ => Text(root, "service_tier") ?? Text(root, "serviceTier") ?? Text(usage, "service_tier"),
    };

    private static string? RegionOf(JsonElement usage) => Text(usage, "inference_geo") is { } region && region is not ("global" or "not_available" or "") ? region : null;

    private static decimal? CostOf(JsonElement usage) =>
        Child(usage, "cost") is { ValueKind: JsonValueKind.Number } cost && cost.TryGetDecimal(out decimal amount) ? amount : null;

    private static bool Has(JsonElement parent, string name) => Child(parent, name) is not null;
}
