using System.Text.Json;
using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>Reads the canonical form of a request from the body that is sent.</summary>
internal static class WireBody
{
    /// <summary>The form of a body; null when it isn't one JSON object, says something twice, or is of a format without messages or input.</summary>
    /// <param name="api">The API that it is sent to.</param>
    /// <param name="address">Where it is sent: some addresses name the model, or ask for a stream.</param>
    /// <param name="body">The body's bytes.</param>
    public static CanonicalRequest? Read(WireApi api, Uri address, ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return JsonNode.Parse(ref reader) is JsonObject json ? Read(api, address, json) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or ArgumentException or FormatException)
        {
            // What stands twice in an object shows only when it is read.
            return null;
        }
    }

    private static CanonicalRequest? Read(WireApi api, Uri address, JsonObject body)
    {
        var builder = new CanonicalBuilder
        {
            Model = CanonicalJson.Text(body["model"]) ?? WireAddress.ModelOf(address),
            IsStreamed = IsStreamed(api, address, body),
        };
        switch (api.Format)
        {
            case WireFormat.Chat: ChatBody.Read(body, builder); break;
            case WireFormat.Responses: ResponsesBody.Read(body, builder); break;
            case WireFormat.Anthropic: AnthropicBody.Read(body, builder); break;
            case WireFormat.Gemini: GeminiBody.Read(body, builder); break;
            case WireFormat.Ollama when api.Operation == "chat": OllamaBody.Read(body, builder); break;
            case WireFormat.Embeddings or WireFormat.Completions or WireFormat.Ollama: InputBody.Read(body, builder); break;
            default: return null;
        }

        return builder.Build(api.Operation);
    }

    // Ollama streams unless it is told not to; Gemini has an address for it.
    private static bool IsStreamed(WireApi api, Uri address, JsonObject body) => body["stream"] is JsonValue stream && stream.TryGetValue(out bool streams)
        ? streams
        : api is { Format: WireFormat.Ollama, Operation: "chat" } || address.AbsolutePath.Contains(":stream", StringComparison.Ordinal);
}
