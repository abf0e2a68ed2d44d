using System.Text.Json;
using Magsag.Ledger.Files;

namespace Magsag.Runtime.Wire;

/// <summary>Finds in a request's body what a model reads: messages, instructions, tools with their arguments and results, and schemas.</summary>
internal static class RequestBody
{
    private static readonly string[] TextMembers = ["content", "text", "input", "instructions", "system", "prompt", "arguments", "output", "thinking", "name", "description", "inputs"];
    private static readonly string[] Tools = ["tools", "functions"];

    private static readonly string[] Schemas = ["parameters", "input_schema", "parametersJsonSchema", "parameters_json_schema", "inputSchema"];

    // The arguments and results of tools where they aren't text, and the schemas that the answer must follow.
    private static readonly string[] JsonMembers = ["input", "args", "response", "response_format", "responseSchema", "responseJsonSchema", "response_schema", "format", "output_format"];

    // What stands elsewhere (pictures, files, an earlier conversation) can't be counted here.
    private static readonly string[] Opaque = ["previous_response_id", "conversation", "cachedContent", "image_url", "input_image", "image", "input_audio", "audio", "document", "file", "input_file", "inlineData", "inline_data", "fileData", "file_data", "images", "encrypted_content", "video_url", "input_video", "video", "image_file", "file_id", "file_ids", "container_upload", "item_reference"];

    /// <summary>The tokens that a model reads of a body; null when they can't be counted, or it can't be read.</summary>
    public static long? CountTokens(ReadOnlySpan<byte> body, TokenCounter counter, PromptMargin margin)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            var prompt = new PromptTokens(counter, margin);
            Visit(prompt, document.RootElement, isText: false);
            return prompt.Total;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // A text that is half of a character can't be read either.
            return null;
        }
    }

    private static void Visit(PromptTokens prompt, JsonElement value, bool isText)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    VisitMember(prompt, member);
                }

                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Visit(prompt, item, isText);
                }

                break;
            case JsonValueKind.String when isText:
                prompt.AddText(value.GetString());
                break;
            case JsonValueKind.Number when isText:
                // Embeddings take tokens as numbers.
                prompt.AddToken();
                break;
            default:
                break;
        }
    }

    private static void VisitMember(PromptTokens prompt, JsonProperty member)
    {
        if (IsOpaque(member))
        {
            prompt.AddOpaque();
            return;
        }

        if (member.Name == "role")
        {
            prompt.AddMessage();
        }
        else if (Tools.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Array)
        {
            AddTools(prompt, member.Value);
        }
        else if (JsonMembers.Contains(member.Name) && member.Value.ValueKind == JsonValueKind.Object)
        {
            prompt.AddJson(member.Value);
        }
        else
        {
            Visit(prompt, member.Value, prompt.CountsAll || TextMembers.Contains(member.Name));
        }
    }

    // Chat completions wrap each function, Gemini a list of them.
    private static void AddTools(PromptTokens prompt, JsonElement tools)
    {
        foreach (JsonElement tool in tools.EnumerateArray())
        {
            if (WireAnswer.Child(tool, "functionDeclarations") is { ValueKind: JsonValueKind.Array } functions)
            {
                AddTools(prompt, functions);
                continue;
            }

            if (prompt.CountsAll)
            {
                prompt.AddTool(null, null, tool);
                continue;
            }

            JsonElement declared = WireAnswer.Child(tool, "function") ?? tool;
            JsonElement? schema = Schemas.Select(name => WireAnswer.Child(declared, name)).FirstOrDefault(static found => found is not null);
            prompt.AddTool(WireAnswer.Text(declared, "name"), WireAnswer.Text(declared, "description"), schema);
        }
    }

    private static bool IsOpaque(JsonProperty member) => member.Value.ValueKind != JsonValueKind.Null
        && (Opaque.Contains(member.Name) || (member.Name == "type" && member.Value.ValueKind == JsonValueKind.String && Opaque.Contains(member.Value.GetString())));
}
