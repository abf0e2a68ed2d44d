using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Magsag.Testing.Canonical;

/// <summary>JSON in one form for one meaning: members in order, no nulls, numbers without trailing zeros, texts with LF and in NFC, files by their hash.</summary>
internal static class CanonicalJson
{
    private const int ShortestFile = 256;

    // What providers give names, or sign; it differs from answer to answer and says nothing.
    private static readonly HashSet<string> Ids = new(StringComparer.Ordinal) { "id", "signature", "thoughtSignature", "encrypted_content" };

    private static readonly HashSet<string> Files = new(StringComparer.Ordinal) { "data", "file_data", "b64_json" };
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The canonical form of a value; null of a JSON null.</summary>
    public static JsonNode? Normalize(JsonNode? node) => Normalize(node, null);

    /// <summary>The canonical form of a schema: without what SDKs add to what the app declares.</summary>
    public static JsonNode? NormalizeSchema(JsonNode? node)
    {
        if (Normalize(node) is not JsonObject schema)
        {
            return Normalize(node);
        }

        foreach ((string name, JsonNode? value) in schema.ToArray())
        {
            if (name == "$schema" || (name == "additionalProperties" && value is JsonValue flag && flag.TryGetValue(out bool allowed) && !allowed) || (name == "required" && value is JsonArray { Count: 0 }))
            {
                schema.Remove(name);
            }
            else if (name == "properties" && value is JsonObject properties)
            {
                schema[name] = new JsonObject(properties.Select(static property => KeyValuePair.Create(property.Key, NormalizeSchema(property.Value))));
            }
            else if (name == "items")
            {
                schema[name] = NormalizeSchema(value);
            }
        }

        return schema;
    }

    /// <summary>A text with LF and in NFC. One with half a character stays as it is.</summary>
    public static string Normalize(string text)
    {
        text = text.Contains('\r', StringComparison.Ordinal) ? text.ReplaceLineEndings("\n") : text;
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>The text of a JSON string; null when it is something else.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <summary>A value as compact UTF-8.</summary>
    public static byte[] ToBytes(JsonNode node)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Compact))
        {
            node.WriteTo(writer);
        }

        return bytes.ToArray();
    }

    private static JsonNode? Normalize(JsonNode? node, string? name) => node switch
    {
        null => null,
        JsonObject members => NormalizeObject(members),
        JsonArray items => new JsonArray([.. items.Select(static item => Normalize(item, null))]),
        JsonValue value => NormalizeValue(value, name),
        _ => node.DeepClone(),
    };

    private static JsonObject NormalizeObject(JsonObject members)
    {
        var ordered = new JsonObject();
        foreach ((string name, JsonNode? value) in members.Where(static member => !Ids.Contains(member.Key) || member.Value is not JsonValue).OrderBy(static member => member.Key, StringComparer.Ordinal))
        {
            if (Normalize(value, name) is { } kept)
            {
                ordered[name] = kept;
            }
        }

        return ordered;
    }

    private static JsonNode? NormalizeValue(JsonValue value, string? name) => value.GetValueKind() switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => JsonValue.Create(NormalizeText(value.GetValue<string>(), name)),
        JsonValueKind.Number => Number(value.ToJsonString()),
        _ => value.DeepClone(),
    };

    private static string NormalizeText(string text, string? name)
    {
        bool isFile = text.StartsWith("data:", StringComparison.Ordinal) || (name is not null && Files.Contains(name));
        return isFile && text.Length >= ShortestFile ? FileName(text) : Normalize(text);
    }

    // A data address keeps its media type.
    private static string FileName(string text)
    {
        int start = text.StartsWith("data:", StringComparison.Ordinal) ? text.IndexOf(',', StringComparison.Ordinal) + 1 : 0;
        return string.Create(CultureInfo.InvariantCulture, $"{text[..start]}sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text[start..])))};{text.Length - start}");
    }

    // 1, 1.0 and 1e0 are the same, and 0.2 of a float is 0.2.
    private static JsonValue Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? JsonValue.Create(number / 1.0000000000000000000000000000m) : JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture));
}
