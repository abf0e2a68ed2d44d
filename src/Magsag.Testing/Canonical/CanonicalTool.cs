using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>A tool that the model may call.</summary>
/// <param name="Name">Its name; of a provider's own tool its type.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Schema">The schema of its arguments, or all that a provider's own tool says.</param>
internal sealed record CanonicalTool(string Name, string? Description, JsonNode? Schema)
{
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["name"] = Name };
        if (!string.IsNullOrEmpty(Description))
        {
            json["description"] = Description;
        }

        if (Schema is not null)
        {
            json["schema"] = Schema.DeepClone();
        }

        return json;
    }

    /// <summary>Reads what <see cref="ToJson"/> writes; null when it is something else.</summary>
    public static CanonicalTool? FromJson(JsonNode? json) =>
        json is JsonObject tool && CanonicalJson.Text(tool["name"]) is { } name ? new CanonicalTool(name, CanonicalJson.Text(tool["description"]), tool["schema"]) : null;
}
