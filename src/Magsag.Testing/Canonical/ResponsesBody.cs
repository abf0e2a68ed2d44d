using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>Reads OpenAI's responses.</summary>
internal static class ResponsesBody
{
    public static void Read(JsonObject body, CanonicalBuilder builder)
    {
        SettingNames.SetAll(builder, body, "input", "instructions", "tools", "text");
        if (body["text"] is JsonObject text)
        {
            builder.Set("response_format", text["format"]);
            SettingNames.SetAll(builder, text, "format");
        }

        foreach (JsonObject tool in JsonParts.Objects(body["tools"]))
        {
            bool isFunction = CanonicalJson.Text(tool["type"]) == "function";
            builder.AddTool(CanonicalJson.Text(tool[isFunction ? "name" : "type"]), isFunction ? CanonicalJson.Text(tool["description"]) : null, isFunction ? tool["parameters"] : tool);
        }

        builder.BeginMessage("system");
        builder.AddText(CanonicalJson.Text(body["instructions"]));
        if (CanonicalJson.Text(body["input"]) is { } input)
        {
            builder.BeginMessage("user");
            builder.AddText(input);
        }

        foreach (JsonObject item in JsonParts.Objects(body["input"]))
        {
            ReadItem(item, builder);
        }
    }

    private static void ReadItem(JsonObject item, CanonicalBuilder builder)
    {
        switch (CanonicalJson.Text(item["type"]))
        {
            case null or "message":
                builder.BeginMessage(CanonicalJson.Text(item["role"]));
                JsonParts.AddContent(builder, item["content"]);
                break;
            case "function_call":
                builder.BeginMessage("assistant");
                builder.AddCall(CanonicalJson.Text(item["call_id"]), CanonicalJson.Text(item["name"]), item["arguments"]);
                break;
            case "function_call_output":
                builder.AddResult(CanonicalJson.Text(item["call_id"]), null, item["output"]);
                break;
            default:
                builder.BeginMessage("assistant");
                builder.AddOther(item);
                break;
        }
    }
}
