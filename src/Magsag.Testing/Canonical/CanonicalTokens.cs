using System.Text.Json;
using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>Counts what a model reads of a request in its canonical form.</summary>
internal static class CanonicalTokens
{
    /// <summary>The tokens of messages and tools, with what a chat format puts around them; null when there are pictures, sound or files that only the provider can count.</summary>
    public static long? Count(CanonicalRequest request, TokenCounter counter)
    {
        var prompt = new PromptTokens(counter, PromptMargin.Likely);
        foreach (CanonicalTool tool in request.Tools)
        {
            prompt.AddTool(tool.Name, tool.Description, ElementOf(tool.Schema));
        }

        if (request.Settings.GetValueOrDefault("response_format") is { } format)
        {
            prompt.AddJson(JsonSerializer.SerializeToElement(format));
        }

        bool isChat = request.Operation != "embeddings";
        foreach (CanonicalMessage message in request.Messages)
        {
            if (isChat)
            {
                prompt.AddMessage();
            }

            Add(prompt, message);
        }

        return prompt.Total;
    }

    /// <summary>The tokens of one message; what can't be counted in it counts nothing.</summary>
    public static long Count(CanonicalMessage message, TokenCounter counter)
    {
        var prompt = new PromptTokens(counter, PromptMargin.Likely with { PerChat = 0 });
        prompt.AddMessage();
        long tokens = 0;
        foreach (JsonObject part in message.Parts.Where(static part => part["other"] is null || IsText(part["other"]!)))
        {
            AddPart(prompt, part);
        }

        return tokens + (prompt.Total ?? 0);
    }

    private static void Add(PromptTokens prompt, CanonicalMessage message)
    {
        foreach (JsonObject part in message.Parts)
        {
            AddPart(prompt, part);
        }
    }

    private static void AddPart(PromptTokens prompt, JsonObject part)
    {
        prompt.AddText(CanonicalJson.Text(part["text"]));
        prompt.AddText(CanonicalJson.Text(part["name"]));
        if (ElementOf(part["arguments"] ?? part["value"]) is { } json)
        {
            prompt.AddJson(json);
        }

        switch (part["other"])
        {
            case null: break;
            case JsonArray tokens when tokens.All(static token => token is JsonValue): AddTokens(prompt, tokens.Count); break;
            case { } other when IsText(other): prompt.AddText(CanonicalJson.Text(other["thinking"]) ?? CanonicalJson.Text(other["text"])); break;
            default: prompt.AddOpaque(); break;
        }
    }

    private static void AddTokens(PromptTokens prompt, int count)
    {
        for (int token = 0; token < count; token++)
        {
            prompt.AddToken();
        }
    }

    private static bool IsText(JsonNode other) => other is JsonObject part && (CanonicalJson.Text(part["thinking"]) ?? CanonicalJson.Text(part["text"])) is not null;

    private static JsonElement? ElementOf(JsonNode? node) => node is null ? null : JsonSerializer.SerializeToElement(node);
}
