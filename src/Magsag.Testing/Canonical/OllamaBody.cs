using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>Reads Ollama's own chat and generate.</summary>
internal static class OllamaBody
{
    public static void Read(JsonObject body, CanonicalBuilder builder)
    {
        SettingNames.SetAll(builder, body, "messages", "tools", "options", "prompt", "system", "images");
        if (body["options"] is JsonObject options)
        {
            SettingNames.SetAll(builder, options);
        }

        foreach (JsonObject tool in JsonParts.Objects(body["tools"]))
        {
            builder.AddTool(CanonicalJson.Text(tool["function"]?["name"]), CanonicalJson.Text(tool["function"]?["description"]), tool["function"]?["parameters"]);
        }

        builder.BeginMessage("system");
        builder.AddText(CanonicalJson.Text(body["system"]));
        builder.BeginMessage("user");
        builder.AddText(CanonicalJson.Text(body["prompt"]));
        AddImages(builder, body["images"]);
        foreach (JsonObject message in JsonParts.Objects(body["messages"]))
        {
            ReadMessage(message, builder);
        }
    }

    // Calls have no ids: a result belongs to the last call of its tool.
    private static void ReadMessage(JsonObject message, CanonicalBuilder builder)
    {
        string? role = CanonicalJson.Text(message["role"]);
        if (role == "tool")
        {
            AddResult(message, builder);
            return;
        }

        builder.BeginMessage(role);
        builder.AddText(CanonicalJson.Text(message["content"]));
        AddImages(builder, message["images"]);
        foreach (JsonObject call in JsonParts.Objects(message["tool_calls"]))
        {
            builder.AddCall(CanonicalJson.Text(call["id"]), CanonicalJson.Text(call["function"]?["name"]), call["function"]?["arguments"]);
        }
    }

    // OllamaSharp's adapter makes ids of its own, which differ each time, and sends them within the content.
    private static void AddResult(JsonObject message, CanonicalBuilder builder)
    {
        JsonNode? content = message["content"];
        if (CanonicalJson.Text(content) is { } text && text.StartsWith("{\"CallId\":", StringComparison.Ordinal) && JsonNode.Parse(text) is JsonObject { Count: 2 } wrapped && wrapped["Result"] is { } result)
        {
            content = result;
        }

        builder.AddResult(CanonicalJson.Text(message["tool_call_id"]), CanonicalJson.Text(message["tool_name"]), content);
    }

    private static void AddImages(CanonicalBuilder builder, JsonNode? images)
    {
        foreach (JsonNode? image in images as JsonArray ?? [])
        {
            builder.AddOther(new JsonObject { ["type"] = "image", ["data"] = image?.DeepClone() });
        }
    }
}
