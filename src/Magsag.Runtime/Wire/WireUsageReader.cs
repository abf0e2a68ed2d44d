using System.Text.Json;
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

        if (Has(Child(body, "meta"), "billed_units"))
        {
            return UsageShape.Cohere;
        }

        if (UsageIn(body) is { } usage)
        {
            return DetectUsage(usage, provider);
        }

        return Has(body, "prompt_eval_count") || Has(body, "eval_count") ? UsageShape.Ollama
            : BedrockUsage.HasCounts(body) ? UsageShape.BedrockCounts
            : Has(body, "usage_info") ? UsageShape.Pages
            : null;
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
        if (UsageOf(root, shape) is not { } usage || ReadCounts(usage, shape) is not { } stated)
        {
            return null;
        }

        (Usage counts, string? issue) = stated.Resolve();
        bool lacksInput = shape == UsageShape.Ollama && Number(usage, "prompt_eval_count") is null;
        issue ??= FeeIssueOf(usage, shape) ?? (counts is { InputTokens: 0, OutputTokens: > 0 } && !lacksInput ? UsageIssue.InputWithoutTokens : null);
        decimal? cost = StatedCost.Read(usage, out bool lacksUpstream);
        return new WireUsage(counts, Text(root, "model") ?? Text(root, "modelVersion"), TierOf(root, usage, shape), RegionOf(usage), cost)
        {
            Issue = lacksUpstream ? UsageIssue.UpstreamCostUnknown : cost is not null ? null : issue,
            LacksInput = lacksInput,
            OtherModels = shape == UsageShape.Anthropic ? AnthropicUsage.OtherModels(usage) : [],
        };
    }

    private static JsonElement? UsageOf(JsonElement root, UsageShape shape) => shape switch
    {
        UsageShape.Gemini => Child(root, "usageMetadata"),
        UsageShape.Ollama or UsageShape.BedrockCounts => root,
        UsageShape.Pages => Child(root, "usage_info"),
        _ => UsageIn(root) ?? Child(root, "meta"),
    };

    // Groq's streams have it in x_groq, Moonshot's in the last choice, Cohere's in the delta that ends them.
    private static JsonElement? UsageIn(JsonElement root) =>
        Child(root, "usage") ?? Child(Child(root, "x_groq"), "usage") ?? Child(Child(root, "delta"), "usage") ?? InChoice(root);

    private static JsonElement? InChoice(JsonElement root)
    {
        foreach (JsonElement choice in WireAnswer.Items(root, "choices"))
        {
            if (Child(choice, "usage") is { } usage)
            {
                return usage;
            }
        }

        return null;
    }

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
            return provider is "voyage_ai" or "jina_ai" && Has(usage, "total_tokens") ? UsageShape.TotalOnly : null;
        }

        return Has(usage, "cache_read_input_tokens") || Has(usage, "cache_creation_input_tokens") || Has(usage, "server_tool_use") || Has(usage, "iterations") ? UsageShape.Anthropic : UsageShape.OpenAIResponses;
    }

    private static StatedUsage? ReadCounts(JsonElement usage, UsageShape shape) => shape switch
    {
        UsageShape.OpenAIChat => ReadChat(usage),
        UsageShape.OpenAIResponses => ReadResponses(usage),
        UsageShape.OpenAIRealtime => ReadRealtime(usage),
        UsageShape.Embeddings => Number(usage, "prompt_tokens") is { } input ? new StatedUsage(UsageConventions.FromOpenAI(input, 0)) : null,
        UsageShape.TotalOnly => Number(usage, "total_tokens") is { } total ? new StatedUsage(UsageConventions.FromOpenAI(total, 0)) : null,
        UsageShape.XaiChat => ReadSeparateReasoning(usage, isPerplexity: false),
        UsageShape.PerplexityChat => ReadSeparateReasoning(usage, isPerplexity: true),
        UsageShape.Anthropic => AnthropicUsage.Read(usage),
        UsageShape.Gemini => GeminiUsage.Read(usage),
        UsageShape.BedrockConverse => BedrockUsage.Read(usage),
        UsageShape.BedrockCounts => BedrockUsage.ReadCounts(usage),
        UsageShape.Cohere => ReadCohere(usage),
        UsageShape.Ollama => ReadOllama(usage),
        _ => null,
    };

    private static StatedUsage? ReadChat(JsonElement usage)
    {
        if (Number(usage, "prompt_tokens") is not { } input || Number(usage, "completion_tokens") is not { } output)
        {
            return null;
        }

        JsonElement? inputs = Child(usage, "prompt_tokens_details");
        JsonElement? outputs = Child(usage, "completion_tokens_details");
        long cached = Number(inputs, "cached_tokens") ?? Number(usage, "prompt_cache_hit_tokens") ?? Number(usage, "cached_tokens") ?? 0;
        long write = Number(inputs, "cache_write_tokens") ?? Number(inputs, "cache_creation_tokens") ?? 0;
        Usage counts = UsageConventions.FromOpenAI(input, output, cached, write, Number(outputs, "reasoning_tokens") ?? 0) with
        {
            InputAudioTokens = Number(inputs, "audio_tokens") ?? 0,
            InputImageTokens = Number(inputs, "image_tokens") ?? 0,
            InputVideoTokens = Number(inputs, "video_tokens") ?? 0,
            OutputAudioTokens = Number(outputs, "audio_tokens") ?? 0,
            OutputImageTokens = Number(outputs, "image_tokens") ?? 0,
            WebSearches = Number(inputs, "web_search_requests") ?? 0,
        };
        return new StatedUsage(counts, Number(usage, "total_tokens"));
    }

    private static StatedUsage? ReadSeparateReasoning(JsonElement usage, bool isPerplexity)
    {
        if (Number(usage, "prompt_tokens") is not { } input || Number(usage, "completion_tokens") is not { } completion)
        {
            return null;
        }

        JsonElement? inputs = Child(usage, "prompt_tokens_details");
        long reasoning = Number(Child(usage, "completion_tokens_details"), "reasoning_tokens") ?? Number(usage, "reasoning_tokens") ?? 0;
        long citations = isPerplexity ? Number(usage, "citation_tokens") ?? 0 : 0;
        Usage counts = UsageConventions.FromSeparateReasoning(input, completion, Number(inputs, "cached_tokens") ?? 0, reasoning, citations) with
        {
            WebSearches = isPerplexity ? Number(usage, "num_search_queries") ?? Number(inputs, "web_search_requests") ?? 0 : 0,
        };

        // Both bill reasoning beside the completion; Perplexity's total leaves that out, and xAI's did before 2026.
        long? total = Number(usage, "total_tokens");
        return new StatedUsage(counts, isPerplexity || total == input + completion ? null : total, IsReasoningAdded: true);
    }

    private static StatedUsage? ReadResponses(JsonElement usage)
    {
        if (Text(usage, "type") == "duration")
        {
            return Child(usage, "seconds") is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetDecimal(out decimal length) ? new StatedUsage(new Usage { AudioSeconds = length }) : null;
        }

        if (Number(usage, "input_tokens") is not { } input || Number(usage, "output_tokens") is not { } output)
        {
            return null;
        }

        // Transcriptions spell the details without the plural.
        JsonElement? inputs = Child(usage, "input_tokens_details") ?? Child(usage, "input_token_details");
        JsonElement? outputs = Child(usage, "output_tokens_details");
        Usage counts = UsageConventions.FromOpenAI(input, output, Number(inputs, "cached_tokens") ?? 0, Number(inputs, "cache_write_tokens") ?? 0, Number(outputs, "reasoning_tokens") ?? 0) with
        {
            InputAudioTokens = Number(inputs, "audio_tokens") ?? 0,
            OutputAudioTokens = Number(outputs, "audio_tokens") ?? 0,
            InputImageTokens = Number(inputs, "image_tokens") ?? 0,
            OutputImageTokens = Number(outputs, "image_tokens") ?? 0,
        };
        return new StatedUsage(counts, Number(usage, "total_tokens"));
    }

    private static StatedUsage? ReadRealtime(JsonElement usage)
    {
        JsonElement? inputs = Child(usage, "input_token_details");
        JsonElement? cached = Child(inputs, "cached_tokens_details");
        if (Number(usage, "input_tokens") is not { } input)
        {
            return null;
        }

        Usage counts = UsageConventions.FromOpenAI(input, Number(usage, "output_tokens") ?? 0, Number(inputs, "cached_tokens") ?? 0) with
        {
            InputAudioTokens = Number(inputs, "audio_tokens") ?? 0,
            CachedInputAudioTokens = Number(cached, "audio_tokens") ?? 0,
            InputImageTokens = Number(inputs, "image_tokens") ?? 0,
            CachedInputImageTokens = Number(cached, "image_tokens") ?? 0,
            OutputAudioTokens = Number(Child(usage, "output_token_details"), "audio_tokens") ?? 0,
        };
        return new StatedUsage(counts, Number(usage, "total_tokens"));
    }

    // Rankings are billed by the search: it is the request that costs.
    private static StatedUsage? ReadCohere(JsonElement usage)
    {
        JsonElement? billed = Child(usage, "billed_units") ?? Child(usage, "tokens");
        long? input = Number(billed, "input_tokens") ?? (Number(billed, "search_units") is null ? null : 0);
        return input is { } known ? new StatedUsage(UsageConventions.FromOpenAI(known, Number(billed, "output_tokens") ?? 0) with { WebSearches = Number(billed, "search_units") ?? 0 }) : null;
    }

    // Ollama leaves out the input that it still had in memory, and the output of an embedding.
    private static StatedUsage? ReadOllama(JsonElement body)
    {
        long? input = Number(body, "prompt_eval_count");
        long? output = Number(body, "eval_count");
        return input is null && output is null ? null : new StatedUsage(UsageConventions.FromOpenAI(input ?? 0, output ?? 0));
    }

    private static string? FeeIssueOf(JsonElement usage, UsageShape shape) => shape switch
    {
        UsageShape.PerplexityChat when Text(usage, "search_context_size") is { } size && size != "high" => UsageIssue.RequestFeeUnknown,
        UsageShape.Anthropic when AnthropicUsage.HasToolTime(usage) || AnthropicUsage.HasUnnamedModel(usage) => UsageIssue.ToolFeeUnknown,
        _ => null,
    };

    private static string? TierOf(JsonElement root, JsonElement usage, UsageShape shape) => shape switch
    {
        UsageShape.Gemini => Text(usage, "serviceTier") ?? Text(usage, "trafficType"),
        UsageShape.Anthropic => Text(usage, "speed") is "fast" ? "fast" : Text(usage, "service_tier"),
        _ => Text(root, "service_tier") ?? Text(root, "serviceTier") ?? Text(Child(root, "serviceTier"), "type") ?? Text(usage, "service_tier"),
    };

    private static string? RegionOf(JsonElement usage) => Text(usage, "inference_geo") is { } region && region is not ("global" or "not_available" or "") ? region : null;

    private static bool Has(JsonElement? parent, string name) => Child(parent, name) is not null;
}
