using System.Text.Encodings.Web;
using System.Text.Json;

namespace Magsag.Storage;

/// <summary>Tags as one text: a JSON object with sorted names, so that the same tags are the same text.</summary>
internal static class TagText
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Of(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null or { Count: 0 })
        {
            return null;
        }

        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in tags)
        {
            sorted[StorableText.Of(name)!] = StorableText.Of(value)!;
        }

        return JsonSerializer.Serialize(sorted, Options);
    }

    public static IReadOnlyDictionary<string, string>? Parse(string? text) =>
        text is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(text);
}
