namespace Magsag.Runtime.Wire;

/// <summary>A billable endpoint, recognised by its address.</summary>
/// <param name="Format">How its requests and answers are written.</param>
/// <param name="Operation">What it does, in the ledger's words.</param>
/// <param name="Owner">Whose API it is: the provider that is assumed where the host doesn't say.</param>
internal sealed record WireApi(WireFormat Format, string Operation, string Owner)
{
    private static readonly (string Ending, WireApi Api)[] Known =
    [
        ("/chat/completions", new(WireFormat.Chat, "chat", "openai")),
        ("/responses", new(WireFormat.Responses, "chat", "openai")),
        ("/v1/messages", new(WireFormat.Anthropic, "chat", "anthropic")),
        ("/embeddings", new(WireFormat.Embeddings, "embeddings", "openai")),
        ("/completions", new(WireFormat.Completions, "text_completion", "openai")),
        (":generateContent", new(WireFormat.Gemini, "generate_content", "gcp.gemini")),
        (":streamGenerateContent", new(WireFormat.Gemini, "generate_content", "gcp.gemini")),
        (":rawPredict", new(WireFormat.Anthropic, "chat", "gcp.vertex_ai")),
        (":streamRawPredict", new(WireFormat.Anthropic, "chat", "gcp.vertex_ai")),
        ("/api/chat", new(WireFormat.Ollama, "chat", "ollama")),
        ("/api/generate", new(WireFormat.Ollama, "chat", "ollama")),
        ("/api/embed", new(WireFormat.Ollama, "embeddings", "ollama")),
        ("/images/generations", new(WireFormat.Media, "image", "openai")),
        ("/images/edits", new(WireFormat.Media, "image", "openai")),
        ("/images/variations", new(WireFormat.Media, "image", "openai")),
        ("/audio/transcriptions", new(WireFormat.Media, "transcription", "openai")),
        ("/audio/translations", new(WireFormat.Media, "transcription", "openai")),
        ("/audio/speech", new(WireFormat.Media, "speech", "openai")),
    ];

    /// <summary>Whether an answer's text can be counted when its usage is missing.</summary>
    public bool IsText => Format is not (WireFormat.Media or WireFormat.Embeddings) && Operation != "embeddings";

    /// <summary>The API at an address; null when nothing there is billed per token (listing models, counting tokens, files …).</summary>
    public static WireApi? At(Uri? address)
    {
        if (address is not { IsAbsoluteUri: true })
        {
            return null;
        }

        ReadOnlySpan<char> path = address.AbsolutePath.AsSpan().TrimEnd('/');
        foreach ((string ending, WireApi api) in Known)
        {
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return api;
            }
        }

        return null;
    }
}
