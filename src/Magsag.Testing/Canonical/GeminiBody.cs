using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>Reads Google's <c>generateContent</c>.</summary>
internal static class GeminiBody
{
    public static void Read(JsonObject body, CanonicalBuilder builder)
    {
        SettingNames.SetAll(builder, body, "contents", "systemInstruction", "system_instruction", "tools", "generationConfig", "generation_config");
        if ((body["generationConfig"] ?? body["generation_config"]) is JsonObject settings)
        {
            SettingNames.SetAll(builder, settings);
        }

        foreach (JsonObject tool in JsonParts.Objects(body["tools"]))
        {
            ReadTool(tool, builder);
        }

        builder.BeginMessage("system");
        AddParts(builder, (body["systemInstruction"] ?? body["system_instruction"])?["parts"]);
        foreach (JsonObject content in JsonParts.Objects(body["contents"]))
        {
            builder.BeginMessage(CanonicalJson.Text(content["role"]));
            AddParts(builder, content["parts"]);
        }
    }

    private static void ReadTool(JsonObject tool, CanonicalBuilder builder)
    {
        if ((tool["functionDeclarations"] ?? tool["function_declarations"]) is not JsonArray functions)
        {
            builder.AddTool(tool.FirstOrDefault().Key, null, tool);
            return;
        }

        foreach (JsonObject function in functions.OfType<JsonObject>())
        {
            builder.AddTool(CanonicalJson.Text(function["name"]), CanonicalJson.Text(function["description"]), function["parameters"] ?? function["parametersJsonSchema"]);
        }
    }

    private static void AddParts(CanonicalBuilder builder, JsonNode? parts)
    {
        foreach (JsonObject part in parts is JsonObject single ? [single] : JsonParts.Objects(parts))
        {
            if (part["functionCall"] is JsonObject call)
            {
                builder.AddCall(CanonicalJson.Text(call["id"]), CanonicalJson.Text(call["name"]), call["args"]);
            }
            else if (part["functionResponse"] is JsonObject response)
            {
                builder.AddResult(CanonicalJson.Text(response["id"]), CanonicalJson.Text(response["name"]), response["response"]);
            }
            else if (CanonicalJson.Text(part["text"]) is { } text && part["thought"] is null)
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
