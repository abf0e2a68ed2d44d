using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace Magsag.Testing.Http;

/// <summary>Reads a provider's answer into one body.</summary>
internal static class AnswerBytes
{
    /// <summary>The body; null when the answer isn't whole, or can't be read.</summary>
    public static JsonObject? ToBody(byte[] bytes, AnswerKind kind, AnswerForm form)
    {
        try
        {
            return kind switch
            {
                AnswerKind.Events => form.Join(Events(bytes)),
                AnswerKind.Lines => form.Join(Lines(bytes)),
                _ => Whole(bytes, form),
            };
        }
        catch (Exception error) when (error is JsonException or ArgumentException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    // Gemini streams a list where no events are asked for.
    private static JsonObject? Whole(byte[] bytes, AnswerForm form) => JsonNode.Parse(bytes) switch
    {
        JsonObject body => body,
        JsonArray chunks => form.Join(chunks.OfType<JsonObject>()),
        _ => null,
    };

    private static List<JsonObject> Events(byte[] bytes)
    {
        List<JsonObject> events = [];
        foreach (SseItem<JsonObject?> item in SseParser.Create(new MemoryStream(bytes), static (_, data) => Parse(data)).Enumerate())
        {
            if (item.Data is { } data)
            {
                events.Add(data);
            }
        }

        return events;
    }

    private static JsonObject? Parse(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> text = data.Trim(" \t\r\n"u8);
        return text.IsEmpty || text.SequenceEqual("[DONE]"u8) ? null : JsonNode.Parse(text) as JsonObject;
    }

    private static List<JsonObject> Lines(byte[] bytes) =>
    [
        .. Encoding.UTF8.GetString(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static line => JsonNode.Parse(line)).OfType<JsonObject>(),
    ];
}
