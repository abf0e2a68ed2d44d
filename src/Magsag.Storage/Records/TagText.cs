using System.Text.Encodings.Web;
using System.Text.Json;

namespace Magsag.Storage;

/// <summary>Tags as one text: a JSON object with sorted names, so that the same tags are the same text.</summary>
internal static class TagText
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string? Of(IReadOnlyDictionary<string, string>? tags) =>
        tags is null or { Count: 0 } ? null : JsonSerializer.Serialize(new SortedDictionary<string, string>(tags.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal), Options);

    public static IReadOnlyDictionary<string, string>? Parse(string? text) =>
        text is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(text);
}
