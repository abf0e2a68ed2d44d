using System.Text;
using System.Text.Json;
using Magsag.Ledger.Files;

namespace Magsag.Ledger.Records;

/// <summary>Tags as one text, the same for the same tags: a JSON object with its members in order.</summary>
internal static class TagText
{
    public static string? From(IReadOnlyDictionary<string, string>? tags) =>
        tags is null || tags.Count == 0 ? null : tags is LedgerTags known ? known.Text : Write(tags);

    public static string Write(IReadOnlyDictionary<string, string> tags)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFormat.Compact))
        {
            json.WriteStartObject();
            WriteMembers(json, tags);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    public static bool AreSame(IReadOnlyDictionary<string, string>? one, IReadOnlyDictionary<string, string>? other) =>
        ReferenceEquals(one, other)
        || (one is not null && other is not null && one.Count == other.Count && one.All(tag => other.TryGetValue(tag.Key, out string? value) && value == tag.Value));

    public static void WriteMembers(Utf8JsonWriter json, IReadOnlyDictionary<string, string> tags)
    {
        foreach (KeyValuePair<string, string> tag in tags.OrderBy(static tag => tag.Key, StringComparer.Ordinal))
        {
            json.WriteString(tag.Key, tag.Value);
        }
    }

    public static IReadOnlyDictionary<string, string>? Parse(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        using JsonDocument json = JsonDocument.Parse(text);
        foreach (JsonProperty tag in json.RootElement.EnumerateObject())
        {
            tags[tag.Name] = tag.Value.GetString() ?? "";
        }

        return tags.Count == 0 ? null : tags;
    }
}
