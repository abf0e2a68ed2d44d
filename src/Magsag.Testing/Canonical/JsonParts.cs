using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>The parts of messages as formats write them.</summary>
internal static class JsonParts
{
    /// <summary>The objects of a list; none when it isn't one.</summary>
    public static IEnumerable<JsonObject> Objects(JsonNode? list) => list is JsonArray items ? items.OfType<JsonObject>() : [];

    /// <summary>Adds a content that is a text or a list of parts; parts of other kinds are kept as they are.</summary>
    public static void AddContent(CanonicalBuilder builder, JsonNode? content)
    {
        builder.AddText(CanonicalJson.Text(content));
        foreach (JsonNode? part in content as JsonArray ?? [])
        {
            if (CanonicalJson.Text(part) is { } plain)
            {
                builder.AddText(plain);
            }
            else if (part is JsonObject said && CanonicalJson.Text(said["text"]) is { } text && CanonicalJson.Text(said["type"]) is null or "text" or "input_text" or "output_text")
            {
                builder.AddText(text);
            }
            else
            {
                builder.AddOther(part);
            }
        }
    }
}
