namespace Magsag.Runtime.Wire;

/// <summary>The members of requests and answers that say what was called and what it used.</summary>
internal static class WireNames
{
    /// <summary>Objects whose own members are looked at: the response inside an event, the message inside Anthropic's first one, what Groq adds to a chunk, the end of Cohere's streams.</summary>
    public static bool IsEntered(ReadOnlySpan<byte> name) => name.SequenceEqual("response"u8) || name.SequenceEqual("message"u8) || name.SequenceEqual("x_groq"u8) || name.SequenceEqual("delta"u8);

    /// <summary>Members that are kept whole.</summary>
    public static bool IsKept(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 => name.SequenceEqual("id"u8),
        4 => name.SequenceEqual("type"u8) || name.SequenceEqual("meta"u8) || name.SequenceEqual("done"u8),
        5 => name.SequenceEqual("usage"u8) || name.SequenceEqual("model"u8),
        6 => name.SequenceEqual("status"u8) || name.SequenceEqual("stream"u8),
        10 => name.SequenceEqual("eval_count"u8) || name.SequenceEqual("background"u8) || name.SequenceEqual("usage_info"u8),
        11 => name.SequenceEqual("serviceTier"u8),
        12 => name.SequenceEqual("service_tier"u8) || name.SequenceEqual("modelVersion"u8),
        13 => name.SequenceEqual("usageMetadata"u8),
        14 => name.SequenceEqual("stream_options"u8),
        17 => name.SequenceEqual("prompt_eval_count"u8),
        18 => name.SequenceEqual("prompt_token_count"u8),
        19 => name.SequenceEqual("inputTextTokenCount"u8),
        22 => name.SequenceEqual("generation_token_count"u8),
        _ => false,
    };

    /// <summary>Lists of which only the tools that ran at the provider are kept.</summary>
    public static bool IsCounted(ReadOnlySpan<byte> name) => name.SequenceEqual("output"u8) || name.SequenceEqual("candidates"u8);
}
