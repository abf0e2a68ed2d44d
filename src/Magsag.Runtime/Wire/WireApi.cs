namespace Magsag.Runtime.Wire;

/// <summary>A billable endpoint, recognised by its address.</summary>
/// <param name="Format">How its requests and answers are written.</param>
/// <param name="Operation">What it does, in the ledger's words.</param>
/// <param name="Owner">Whose API it is: the provider that is assumed where the host doesn't say.</param>
internal sealed record WireApi(WireFormat Format, string Operation, string Owner)
{
    private const string Bedrock = "aws.bedrock";
    private const string Embeddings = "embeddings";

    private static readonly (string Ending, WireApi Api)[] Known =
    [
        ("/chat/completions", new(WireFormat.Chat, "chat", "openai")),
        ("/responses", new(WireFormat.Responses, "chat", "openai")),
        ("/responses/compact", new(WireFormat.Responses, "chat", "openai")),
        ("/v1/messages", new(WireFormat.Anthropic, "chat", "anthropic")),
        ("/embeddings", new(WireFormat.Embeddings, Embeddings, "openai")),
        ("/completions", new(WireFormat.Completions, "text_completion", "openai")),
        (":generateContent", new(WireFormat.Gemini, "generate_content", "gcp.gemini")),
        (":streamGenerateContent", new(WireFormat.Gemini, "generate_content", "gcp.gemini")),
        (":embedContent", new(WireFormat.Any, Embeddings, "gcp.gemini")),
        (":batchEmbedContents", new(WireFormat.Any, Embeddings, "gcp.gemini")),
        (":rawPredict", new(WireFormat.Any, "chat", "gcp.vertex_ai")),
        (":streamRawPredict", new(WireFormat.Any, "chat", "gcp.vertex_ai")),
        ("/api/chat", new(WireFormat.Ollama, "chat", "ollama")),
        ("/api/generate", new(WireFormat.Ollama, "chat", "ollama")),
        ("/api/embed", new(WireFormat.Ollama, Embeddings, "ollama")),
        ("/images/generations", new(WireFormat.Media, "image", "openai")),
        ("/images/edits", new(WireFormat.Media, "image", "openai")),
        ("/images/variations", new(WireFormat.Media, "image", "openai")),
        ("/audio/transcriptions", new(WireFormat.Media, "transcription", "openai")),
        ("/audio/translations", new(WireFormat.Media, "transcription", "openai")),
        ("/audio/speech", new(WireFormat.Media, "speech", "openai")),
        ("/moderations", new(WireFormat.Any, "moderation", "openai") { IsFree = true }),
    ];

    // Bedrock's, behind "/model/" and the model's id.
    private static readonly (string Ending, WireApi Api)[] OfModels =
    [
        ("/converse", new(WireFormat.Any, "chat", Bedrock)),
        ("/converse-stream", new(WireFormat.Any, "chat", Bedrock)),
        ("/invoke", new(WireFormat.Any, "chat", Bedrock)),
        ("/invoke-with-response-stream", new(WireFormat.Any, "chat", Bedrock)),
    ];

    // What providers take requests for without billing tokens.
    private static readonly string[] FreeFolders =
    [
        "files", "uploads", "batches", "assistants", "vector_stores", "containers", "conversations", "fine_tuning", "fine-tuning", "tuning", "evals", "graders", "datasets",
        "jobs", "client_secrets", "sessions", "transcription_sessions", "cachedContents", "tunedModels", "corpora", "prompts", "skills", "organization", "keys", "auth", "feedback", "guardrail",
        "show", "pull", "push", "create", "copy", "delete", "blobs", "tokenize", "detokenize", "count_tokens", "count-tokens", "input_tokens", "cancel", "async-invoke",
    ];

    private static readonly string[] FreeVerbs = [":countTokens", ":computeTokens", ":batchGenerateContent", ":asyncBatchEmbedContent", ":cancel", ":fetchPredictOperation"];

    private static readonly (string Part, string Operation)[] Operations =
    [
        ("embed", Embeddings), ("rerank", "rerank"), ("moderation", "moderation"), ("ocr", "ocr"), ("image", "image"), ("transcri", "transcription"), ("speech", "speech"), ("video", "video"),
    ];

    /// <summary>Whether its path is a known one; else what comes from it is told by what it looks like.</summary>
    public bool IsListed { get; private init; } = true;

    /// <summary>Whether an answer without usage costs nothing.</summary>
    public bool IsFree { get; private init; }

    /// <summary>Whether an answer's text can be counted when its usage is missing.</summary>
    public bool IsText => Format is not (WireFormat.Media or WireFormat.Embeddings or WireFormat.Any) && Operation != Embeddings;

    /// <summary>The API at an address; null when nothing there is billed per token (listing models, counting tokens, files …).</summary>
    public static WireApi? At(Uri? address)
    {
        if (address is not { IsAbsoluteUri: true })
        {
            return null;
        }

        ReadOnlySpan<char> path = address.AbsolutePath.AsSpan().TrimEnd('/');
        return Find(Known, path) ?? (path.Contains("/model/", StringComparison.OrdinalIgnoreCase) ? Find(OfModels, path) : null);
    }

    /// <summary>The API at an address, or what may be one: anything else at a known provider that isn't known to be free.</summary>
    public static WireApi? Tracked(Uri? address) => At(address) ?? (address is { IsAbsoluteUri: true } && WireAddress.ProviderOf(address) is { } provider && !IsFreePath(address.AbsolutePath) ? Unlisted(address, provider) : null);

    private static WireApi? Find((string Ending, WireApi Api)[] apis, ReadOnlySpan<char> path)
    {
        foreach ((string ending, WireApi api) in apis)
        {
            if (path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return api;
            }
        }

        return null;
    }

    private static WireApi Unlisted(Uri address, string provider)
    {
        string last = address.AbsolutePath[address.AbsolutePath.TrimEnd('/').LastIndexOf('/')..];
        string operation = Array.Find(Operations, known => last.Contains(known.Part, StringComparison.OrdinalIgnoreCase)).Operation ?? "chat";
        return new WireApi(WireFormat.Any, operation, provider) { IsListed = false };
    }

    private static bool IsFreePath(string path) =>
        Array.Exists(FreeVerbs, verb => path.EndsWith(verb, StringComparison.OrdinalIgnoreCase)) || path.Split('/').Any(static part => FreeFolders.Contains(part, StringComparer.OrdinalIgnoreCase));
}
