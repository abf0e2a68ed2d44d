using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>The one name that a setting has in all formats.</summary>
internal static class SettingNames
{
    private static readonly Dictionary<string, string> Canonical = new(StringComparer.Ordinal)
    {
        ["max_tokens"] = "max_output_tokens",
        ["max_completion_tokens"] = "max_output_tokens",
        ["maxOutputTokens"] = "max_output_tokens",
        ["num_predict"] = "max_output_tokens",
        ["topP"] = "top_p",
        ["topK"] = "top_k",
        ["stop_sequences"] = "stop",
        ["stopSequences"] = "stop",
        ["frequencyPenalty"] = "frequency_penalty",
        ["presencePenalty"] = "presence_penalty",
        ["format"] = "response_format",
        ["responseSchema"] = "response_format",
        ["reasoning_effort"] = "reasoning",
    };

    /// <summary>Sets all members of an object but those that a form reads itself.</summary>
    public static void SetAll(CanonicalBuilder builder, JsonObject members, params ReadOnlySpan<string> read)
    {
        foreach ((string name, JsonNode? value) in members)
        {
            if (read.IndexOf(name) < 0 && name is not ("model" or "stream"))
            {
                Set(builder, name, value);
            }
        }
    }

    private static void Set(CanonicalBuilder builder, string name, JsonNode? value)
    {
        string canonical = Canonical.GetValueOrDefault(name, name);
        switch (canonical)
        {
            case "stop" when CanonicalJson.Text(value) is { } one: builder.Set(canonical, new JsonArray(one)); break;
            case "reasoning" when CanonicalJson.Text(value) is { } effort: builder.Set(canonical, new JsonObject { ["effort"] = effort }); break;
            default: builder.Set(canonical, value); break;
        }
    }
}
