using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>A message: who says it, and its parts.</summary>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c> or <c>tool</c>.</param>
/// <param name="Parts">Texts, calls of tools, their results, and what else a provider takes, each as JSON.</param>
internal sealed record CanonicalMessage(string Role, IReadOnlyList<JsonObject> Parts)
{
    /// <summary>The message's texts, joined.</summary>
    public string Text => string.Join("\n", Parts.Select(static part => part["text"] is JsonValue text && text.TryGetValue(out string? said) ? said : null).OfType<string>());

    public JsonObject ToJson() => new() { ["role"] = Role, ["parts"] = new JsonArray([.. Parts.Select(static part => part.DeepClone())]) };

    /// <summary>Reads what <see cref="ToJson"/> writes; null when it is something else.</summary>
    public static CanonicalMessage? FromJson(JsonNode? json) =>
        json is JsonObject message && message["role"] is JsonValue role && role.TryGetValue(out string? said) && message["parts"] is JsonArray parts
            ? new CanonicalMessage(said, [.. parts.OfType<JsonObject>()])
            : null;
}
