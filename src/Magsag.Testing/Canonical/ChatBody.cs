using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>Reads OpenAI's chat completions, and those of everybody compatible.</summary>
internal static class ChatBody
{
    public static void Read(JsonObject body, CanonicalBuilder builder)
    {
        SettingNames.SetAll(builder, body, "messages", "tools");
        foreach (JsonObject tool in JsonParts.Objects(body["tools"]))
        {
            ReadTool(tool, builder);
        }

        foreach (JsonObject message in JsonParts.Objects(body["messages"]))
        {
            ReadMessage(message, builder);
        }
    }

    private static void ReadTool(JsonObject tool, CanonicalBuilder builder)
    {
        if (tool["function"] is JsonObject function)
        {
            builder.AddTool(CanonicalJson.Text(function["name"]), CanonicalJson.Text(function["description"]), function["parameters"]);
        }
        else
        {
            builder.AddTool(CanonicalJson.Text(tool["type"]), null, tool);
        }
    }

    private static void ReadMessage(JsonObject message, CanonicalBuilder builder)
    {
        string? role = CanonicalJson.Text(message["role"]);
        if (role is "tool" or "function")
        {
            builder.AddResult(CanonicalJson.Text(message["tool_call_id"]), CanonicalJson.Text(message["name"]), message["content"]);
            return;
        }

        builder.BeginMessage(role);
        JsonParts.AddContent(builder, message["content"]);
        builder.AddText(CanonicalJson.Text(message["refusal"]));
        foreach (JsonObject call in JsonParts.Objects(message["tool_calls"]))
        {
            builder.AddCall(CanonicalJson.Text(call["id"]), CanonicalJson.Text(call["function"]?["name"]), call["function"]?["arguments"]);
        }
    }
}
