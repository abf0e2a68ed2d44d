using System.Text.Json;
using System.Text.Json.Nodes;

namespace SupportDesk.Provider.Replies;

/// <summary>Structured output: chooses the value of every enumeration in the requested schema by the words of the text.</summary>
internal static class SchemaReply
{
    private static readonly Dictionary<string, string> Signals = new(StringComparer.OrdinalIgnoreCase)
    {
        ["billing"] = "charged charge invoice refund payment pay card price plan subscription receipt billing twice",
        ["account"] = "password sign login locked lock account email two-factor code reset invite",
        ["sync"] = "sync syncing offline phone device tablet conflict duplicate missing upload",
        ["data"] = "export import delete erase backup download archive restore",
        ["urgent"] = "urgent immediately locked blocked outage deadline lost emergency cannot",
        ["low"] = "wonder wondering idea someday curious whenever nice wish",
    };

    /// <summary>The values that are meant for whatever the others don't fit.</summary>
    private static readonly string[] Neutral = ["normal", "other", "general"];

    public static string? TryFill(JsonElement? schema, string text)
    {
        if (schema is not { ValueKind: JsonValueKind.Object } form
            || !form.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var stems = Words.StemsOf(text).ToList();
        var filled = new JsonObject();
        foreach (var property in properties.EnumerateObject())
        {
            filled[property.Name] = Choose(property.Value, stems);
        }

        return filled.ToJsonString();
    }

    private static JsonNode? Choose(JsonElement property, IReadOnlyCollection<string> stems)
    {
        if (property.ValueKind != JsonValueKind.Object
            || !property.TryGetProperty("enum", out var values)
            || values.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var names = values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!).ToList();
        var best = names.MaxBy(name => Score(name, stems));
        return best is not null && Score(best, stems) > 0
            ? best
            : names.FirstOrDefault(name => Neutral.Contains(name, StringComparer.OrdinalIgnoreCase)) ?? best;
    }

    private static int Score(string name, IReadOnlyCollection<string> stems)
    {
        if (!Signals.TryGetValue(name, out var signals))
        {
            return 0;
        }

        var known = Words.StemsOf(signals).ToHashSet(StringComparer.Ordinal);
        return stems.Count(known.Contains);
    }
}
