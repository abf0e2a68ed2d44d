namespace SupportDesk.Provider;

/// <summary>The models that the provider serves. Like OpenAI, it reports the dated version that answered.</summary>
internal static class ProviderModels
{
    private static readonly Dictionary<string, string> ChatVersions = new(StringComparer.Ordinal)
    {
        ["gpt-4o"] = "gpt-4o-2024-08-06",
        ["gpt-4o-mini"] = "gpt-4o-mini-2024-07-18",
        ["gpt-4.1"] = "gpt-4.1-2025-04-14",
        ["gpt-4.1-mini"] = "gpt-4.1-mini-2025-04-14",
        ["gpt-4.1-nano"] = "gpt-4.1-nano-2025-04-14",
    };

    private static readonly Dictionary<string, int> EmbeddingDimensions = new(StringComparer.Ordinal)
    {
        ["text-embedding-3-small"] = 1536,
        ["text-embedding-3-large"] = 3072,
    };

    /// <summary>The dated version of a chat model, given its name or the version itself; null when it isn't served.</summary>
    public static string? FindChatVersion(string model) =>
        ChatVersions.TryGetValue(model, out var version) ? version
        : ChatVersions.ContainsValue(model) ? model
        : null;

    /// <summary>How many numbers a vector of an embedding model has; null when it isn't served.</summary>
    public static int? FindEmbeddingDimensions(string model) =>
        EmbeddingDimensions.TryGetValue(model, out var dimensions) ? dimensions : null;
}
