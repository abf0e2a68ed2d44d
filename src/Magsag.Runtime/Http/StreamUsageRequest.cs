using System.Net.Http.Headers;
using System.Text.Json;

namespace Magsag.Runtime.Http;

/// <summary>Asks for the usage of a streamed chat completion, which is only sent to those who ask.</summary>
/// <remarks>The question is put into the body's own bytes. A body that can't be read, or that says something twice, is sent as it is. Nothing is thrown but what the app's own content throws.</remarks>
internal static class StreamUsageRequest
{
    // They send it unasked, or refuse members that they don't know.
    private static readonly string[] NotAsked = ["mistral_ai", "azure.ai.inference", "perplexity", "cohere"];

    /// <summary>The content to send: the request's own, unless the question must be added.</summary>
    public static async Task<HttpContent?> AskAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!IsAskable(request))
        {
            return request.Content;
        }

        try
        {
            byte[] body = await request.Content!.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return Rewrite(body) is { } asking ? Replace(request.Content, asking) : request.Content;
        }
        catch (HttpRequestException)
        {
            // It is too large to be held.
            return request.Content;
        }
    }

    /// <inheritdoc cref="AskAsync"/>
    public static HttpContent? Ask(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!IsAskable(request))
        {
            return request.Content;
        }

        var read = new MemoryStream();
        request.Content!.CopyTo(read, null, cancellationToken);

        // What can be read only once is sent from what was read.
        byte[] body = read.ToArray();
        return Replace(request.Content, Rewrite(body) ?? body);
    }

    /// <summary>The body with the question in it; null when it asks for no stream, asks already, or can't be read.</summary>
    public static byte[]? Rewrite(ReadOnlySpan<byte> body)
    {
        try
        {
            return Find(body) is (var at, var length, { } text) ? [.. body[..at], .. text, .. body[(at + length)..]] : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Where the question goes, and how many bytes it takes the place of.
    private static (int At, int Length, byte[] Text)? Find(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        bool? streams = null;
        (int, int, byte[])? place = null;
        bool hasOptions = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isOptions = reader.ValueTextEquals("stream_options"u8);
            bool isStream = reader.ValueTextEquals("stream"u8);
            if (!reader.Read() || (isStream && streams is not null) || (isOptions && hasOptions))
            {
                return null;
            }

            if (isStream)
            {
                streams = reader.TokenType == JsonTokenType.True;
            }
            else if (isOptions)
            {
                hasOptions = true;
                if ((place = FindInOptions(ref reader)) is null)
                {
                    return null;
                }
            }

            reader.Skip();
        }

        int end = (int)reader.TokenStartIndex;
        if (streams != true || reader.Read())
        {
            return null;
        }

        // There is a member already, "stream", so that a comma is needed.
        return place ?? (end, 0, ",\"stream_options\":{\"include_usage\":true}"u8.ToArray());
    }

    private static (int At, int Length, byte[] Text)? FindInOptions(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return ((int)reader.TokenStartIndex, "null".Length, "{\"include_usage\":true}"u8.ToArray());
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        bool isEmpty = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            if (reader.ValueTextEquals("include_usage"u8))
            {
                return null;
            }

            reader.Read();
            reader.Skip();
        }

        return ((int)reader.TokenStartIndex, 0, isEmpty ? "\"include_usage\":true"u8.ToArray() : ",\"include_usage\":true"u8.ToArray());
    }

    private static bool IsAskable(HttpRequestMessage request) =>
        request.Content is { } content
        && content.Headers.ContentType?.MediaType == "application/json"
        && content.Headers.ContentEncoding.Count == 0
        && WireApi.At(request.RequestUri) is { Format: WireFormat.Chat }
        && !NotAsked.Contains(WireAddress.ProviderOf(request.RequestUri!));

    private static ByteArrayContent Replace(HttpContent content, byte[] body)
    {
        var asking = new ByteArrayContent(body);
        foreach (KeyValuePair<string, HeaderStringValues> header in content.Headers.NonValidated.Where(static header => !header.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
        {
            asking.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        return asking;
    }
}
