namespace Magsag.Runtime.Wire;

/// <summary>The forms in which providers report usage on the wire.</summary>
internal enum UsageShape
{
    /// <summary>OpenAI's chat completions, and everybody compatible with them.</summary>
    OpenAIChat,

    /// <summary>OpenAI's responses, images and transcriptions.</summary>
    OpenAIResponses,

    /// <summary>OpenAI's realtime events.</summary>
    OpenAIRealtime,

    /// <summary>OpenAI's embeddings: only input is billed.</summary>
    Embeddings,

    /// <summary>xAI's chat completions: reasoning stands beside the completion.</summary>
    XaiChat,

    /// <summary>Perplexity's chat completions: reasoning and citations stand beside the completion, searches are billed.</summary>
    PerplexityChat,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,

    /// <summary>Google's <c>generateContent</c>.</summary>
    Gemini,

    /// <summary>Bedrock's Converse.</summary>
    BedrockConverse,

    /// <summary>Cohere's chat and embeddings.</summary>
    Cohere,

    /// <summary>Ollama's chat, generate and embed.</summary>
    Ollama,

    /// <summary>Voyage's and Jina's embeddings and rankings: one total, all of it input.</summary>
    TotalOnly,

    /// <summary>What Bedrock says of a model whose own form has no usage: its metrics and headers, and the counts of Llama and Titan.</summary>
    BedrockCounts,

    /// <summary>Mistral's reading of documents, which is billed by the page.</summary>
    Pages,
}
