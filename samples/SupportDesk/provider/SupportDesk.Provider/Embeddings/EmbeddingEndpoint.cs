using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using SupportDesk.Provider.Tokens;
using SupportDesk.Provider.Wire;

namespace SupportDesk.Provider.Embeddings;

/// <summary><c>POST /v1/embeddings</c>, of one text or a batch of them.</summary>
internal static class EmbeddingEndpoint
{
    public static async Task<IResult> EmbedAsync(HttpRequest httpRequest)
    {
        if (await WireJson.ReadAsync<EmbeddingRequest>(httpRequest) is not { } request)
        {
            return ProviderError.Unreadable();
        }

        if (ProviderModels.FindEmbeddingDimensions(request.Model) is not { } most)
        {
            return ProviderError.UnknownModel(request.Model);
        }

        if (request.FindTexts() is not { Count: > 0 } texts)
        {
            return ProviderError.BadValue("input", "a text or a list of texts");
        }

        if (request.Dimensions is { } wanted && (wanted < 1 || wanted > most))
        {
            return ProviderError.BadValue("dimensions", $"an integer from 1 to {most}");
        }

        if (request.EncodingFormat is not (null or "float" or "base64"))
        {
            return ProviderError.BadValue("encoding_format", "'float' or 'base64'");
        }

        return TypedResults.Json(Reply(request, texts, request.Dimensions ?? most), WireJson.WithNulls);
    }

    private static object Reply(EmbeddingRequest request, IReadOnlyList<string> texts, int dimensions)
    {
        var tokens = texts.Sum(TokenCounter.Embeddings.Count);
        return new
        {
            Object = "list",
            Data = texts.Select((text, index) => new { Object = "embedding", Index = index, Embedding = Encode(WordVector.Of(text, dimensions), request.EncodingFormat) }),
            request.Model,
            Usage = new { PromptTokens = tokens, TotalTokens = tokens },
        };
    }

    private static object Encode(float[] vector, string? format) =>
        format == "base64" ? Convert.ToBase64String(MemoryMarshal.AsBytes(vector.AsSpan())) : vector;
}
