using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>Reads requests that have an input instead of messages: embeddings and text completions. Each value is a message of the user.</summary>
internal static class InputBody
{
    public static void Read(JsonObject body, CanonicalBuilder builder)
    {
        SettingNames.SetAll(builder, body, "input", "prompt");
        JsonNode? input = body["input"] ?? body["prompt"];
        if (input is not JsonArray values)
        {
            AddValue(builder, input);
            return;
        }

        if (values.Any(static value => value is JsonValue number && CanonicalJson.Text(number) is null))
        {
            // One input, as tokens.
            AddValue(builder, values);
            return;
        }

        foreach (JsonNode? value in values)
        {
            AddValue(builder, value);
        }
    }

    private static void AddValue(CanonicalBuilder builder, JsonNode? value)
    {
        builder.BeginMessage("user");
        if (CanonicalJson.Text(value) is { } text)
        {
            builder.AddText(text);
        }
        else
        {
            builder.AddOther(value);
        }
    }
}
