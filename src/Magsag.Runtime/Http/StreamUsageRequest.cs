using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Magsag.Runtime;

/// <summary>Asks for the usage of a streamed chat completion, which is only sent to those who ask.</summary>
internal static class StreamUsageRequest
{
    // They send it unasked, or refuse members that they don't know.
    private static readonly string[] NotAsked = ["mistral_ai", "azure.ai.inference", "perplexity", "cohere"];

    /// <summary>The content to send: the request's own, unless the question must be added.</summary>
    public static async Task<HttpContent?> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        IsAskable(request) ? Ask(request.Content!, await request.Content!.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false)) : request.Content;

    /// <inheritdoc cref="AskAsync"/>
    public static HttpContent? Ask(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!IsAskable(request))
        {
            return request.Content;
        }

        var body = new MemoryStream();
        request.Content!.CopyTo(body, null, cancellationToken);
        return Ask(request.Content!, body.ToArray());
    }

    private static bool IsAskable(HttpRequestMessage request) =>
        request.Content?.Headers.ContentType?.MediaType == "application/json"
        && WireApi.At(request.RequestUri) is { Format: WireFormat.Chat }
        && !NotAsked.Contains(WireAddress.ProviderOf(request.RequestUri!));

    private static HttpContent Ask(HttpContent content, byte[] body)
    {
        var asking = new ByteArrayContent(Rewrite(body) ?? body);
        foreach (KeyValuePair<string, HeaderStringValues> header in content.Headers.NonValidated.Where(static header => !header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
        {
            asking.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return asking;
    }

    private static byte[]? Rewrite(byte[] body)
    {
        try
        {
            if (JsonNode.Parse(body) is not JsonObject request || request["stream"]?.GetValueKind() != JsonValueKind.True || request["stream_options"] is JsonObject options && options.ContainsKey("include_usage"))
            {
                return null;
            }

            if (request["stream_options"] is not JsonObject asked)
            {
                request["stream_options"] = asked = [];
            }

            asked["include_usage"] = true;
            return Encoding.UTF8.GetBytes(request.ToJsonString());
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
