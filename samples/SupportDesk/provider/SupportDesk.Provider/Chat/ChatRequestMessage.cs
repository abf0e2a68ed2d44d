using System.Text.Json;

namespace SupportDesk.Provider.Chat;

/// <summary>One message of a request. Its content is a text or a list of parts, some of which are text.</summary>
internal sealed record ChatRequestMessage(string Role, JsonElement Content)
{
    public string Text => Content.ValueKind switch
    {
        JsonValueKind.String => Content.GetString()!,
        JsonValueKind.Array => string.Concat(Content.EnumerateArray().Select(TextOfPart)),
        _ => string.Empty,
    };

    private static string? TextOfPart(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
