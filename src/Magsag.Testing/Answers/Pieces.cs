using System.Globalization;
using System.Text.Json.Nodes;
using Magsag.Testing.Canonical;

namespace Magsag.Testing.Answers;

/// <summary>What forms of answers have in common.</summary>
internal static class Pieces
{
    // A token has about four characters of English.
    private const int Length = 4;

    /// <summary>A text in the pieces in which it is streamed; no piece ends within a character.</summary>
    public static IEnumerable<string> Of(string? text)
    {
        int start = 0;
        while (start < (text?.Length ?? 0))
        {
            int end = Math.Min(text!.Length, start + Length);
            end += end < text.Length && char.IsHighSurrogate(text[end - 1]) ? 1 : 0;
            yield return text[start..end];
            start = end;
        }
    }

    /// <summary>A new id, as no answer had it before.</summary>
    public static string NewId(string prefix) => prefix + Guid.NewGuid().ToString("N");

    /// <summary>The time in seconds since 1970.</summary>
    public static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    /// <summary>The time as Ollama writes it.</summary>
    public static string NowText => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static string Data(JsonNode data) => $"data: {data.ToJsonString()}\n\n";

    public static string Event(JsonObject data) => $"event: {CanonicalJson.Text(data["type"])}\n{Data(data)}";

    public static long Count(JsonNode? usage, string name) => usage is JsonObject counts && counts[name] is JsonValue value && value.TryGetValue(out long count) ? count : 0;

    public static void Remove(JsonNode? node, params ReadOnlySpan<string> names)
    {
        if (node is JsonObject members)
        {
            foreach (string name in names)
            {
                members.Remove(name);
            }
        }
    }

    /// <summary>Puts a member first: SDKs that read the first member to know what follows want it there.</summary>
    public static void Put(JsonObject target, int index, string name, JsonNode? value)
    {
        target.Remove(name);
        target.Insert(index, name, value);
    }

    /// <summary>A copy with the members of all objects in one order: <c>type</c> first, since some SDKs must know it to read on, then by name.</summary>
    public static JsonNode? Ordered(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(static member => member.Key != "type").ThenBy(static member => member.Key, StringComparer.Ordinal).Select(static member => KeyValuePair.Create(member.Key, Ordered(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Ordered)]),
        _ => node?.DeepClone(),
    };

    /// <summary>Merges a piece of a streamed object into what came before: texts go on, lists are merged by their members' index, the rest replaces.</summary>
    public static void Merge(JsonObject target, JsonObject piece)
    {
        foreach ((string name, JsonNode? value) in piece)
        {
            switch (value)
            {
                case null:
                    target.TryAdd(name, null);
                    break;
                case JsonValue when CanonicalJson.Text(value) is { } text && name is not ("role" or "type" or "id" or "name" or "finish_reason" or "index"):
                    target[name] = (CanonicalJson.Text(target[name]) ?? "") + text;
                    break;
                case JsonObject members when target[name] is JsonObject known:
                    Merge(known, members);
                    break;
                case JsonArray items:
                    MergeItems(target, name, items);
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }
    }

    private static void MergeItems(JsonObject target, string name, JsonArray items)
    {
        if (target[name] is not JsonArray known)
        {
            target[name] = known = [];
        }

        foreach (JsonNode? item in items)
        {
            if (item is JsonObject indexed && indexed["index"] is { } index && known.OfType<JsonObject>().FirstOrDefault(other => JsonNode.DeepEquals(other["index"], index)) is { } same)
            {
                Merge(same, indexed);
            }
            else
            {
                known.Add(item?.DeepClone());
            }
        }
    }
}
