using System.Text.Json;

namespace SupportDesk.Provider.Embeddings;

/// <summary>The members of an embeddings request that the provider honours.</summary>
internal sealed record EmbeddingRequest(string Model, JsonElement Input, int? Dimensions = null, string? EncodingFormat = null)
{
    /// <summary>The texts to embed: one or a list; null when the input is neither.</summary>
    public IReadOnlyList<string>? FindTexts() => Input.ValueKind switch
    {
        JsonValueKind.String => [Input.GetString()!],
        JsonValueKind.Array when Input.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [.. Input.EnumerateArray().Select(item => item.GetString()!)],
        _ => null,
    };
}
