using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>Reads Anthropic's messages.</summary>
internal static class AnthropicBody
{
    public static void Read(JsonObject body, CanonicalBuilder builder)
    {
        SettingNames.SetAll(builder, body, "messages", "system", "tools");
        foreach (JsonObject tool in JsonParts.Objects(body["tools"]))
        {
            bool isOwn = tool["input_schema"] is not null;
            builder.AddTool(CanonicalJson.Text(tool["name"]), isOwn ? CanonicalJson.Text(tool["description"]) : null, isOwn ? tool["input_schema"] : tool);
        }

        builder.BeginMessage("system");
        JsonParts.AddContent(builder, body["system"]);
        foreach (JsonObject message in JsonParts.Objects(body["messages"]))
        {
            ReadMessage(message, builder);
        }
    }

    // Results of tools stand in messages of the user; what follows them is the user's own again.
    private static void ReadMessage(JsonObject message, CanonicalBuilder builder)
    {
        string? role = CanonicalJson.Text(message["role"]);
        builder.BeginMessage(role);
        builder.AddText(CanonicalJson.Text(message["content"]));
        bool isInResult = false;
        foreach (JsonObject part in JsonParts.Objects(message["content"]))
        {
            string? type = CanonicalJson.Text(part["type"]);
            if (type == "tool_result")
            {
                builder.AddResult(CanonicalJson.Text(part["tool_use_id"]), null, part["content"]);
                isInResult = true;
                continue;
            }

            if (isInResult)
            {
                builder.BeginMessage(role);
                isInResult = false;
            }

            if (type == "tool_use")
            {
                builder.AddCall(CanonicalJson.Text(part["id"]), CanonicalJson.Text(part["name"]), part["input"]);
            }
            else
            {
                JsonParts.AddContent(builder, new JsonArray(part.DeepClone()));
            }
        }
    }
}
