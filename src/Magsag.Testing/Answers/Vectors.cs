using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Magsag.Testing.Canonical;

namespace Magsag.Testing.Answers;

/// <summary>Vectors as float16 in base64: a quarter of what a provider sends, and as near as cosines need them.</summary>
internal static class Vectors
{
    private const string Mark = "f16:";

    /// <summary>Shortens each vector of a list in place.</summary>
    public static void Shorten(JsonNode? list)
    {
        for (int index = 0; list is JsonArray vectors && index < vectors.Count; index++)
        {
            vectors[index] = Shorten(vectors[index], index);
        }
    }

    /// <summary>Lengthens each vector of a list in place.</summary>
    public static void Lengthen(JsonNode? list, bool asBase64)
    {
        for (int index = 0; list is JsonArray vectors && index < vectors.Count; index++)
        {
            vectors[index] = Lengthen(CanonicalJson.Text(vectors[index]), asBase64);
        }
    }

    /// <summary>A vector, sent as numbers or as float32 in base64, as float16.</summary>
    public static JsonNode? Shorten(JsonNode? vector, int index)
    {
        float[]? values = vector is JsonArray numbers ? [.. numbers.Select(static number => number!.GetValue<float>())] : CanonicalJson.Text(vector) is { } text ? FromBase64(text) : null;
        if (values is null)
        {
            return vector?.DeepClone();
        }

        byte[] halves = new byte[values.Length * 2];
        for (int item = 0; item < values.Length; item++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(halves.AsSpan(item * 2), (Half)values[item]);
        }

        return Mark + Convert.ToBase64String(halves);
    }

    /// <summary>A vector as a provider sends it.</summary>
    public static JsonNode? Lengthen(string? vector, bool asBase64)
    {
        if (vector is null || !vector.StartsWith(Mark, StringComparison.Ordinal))
        {
            return vector;
        }

        byte[] halves = Convert.FromBase64String(vector[Mark.Length..]);
        float[] values = [.. Enumerable.Range(0, halves.Length / 2).Select(item => (float)BinaryPrimitives.ReadHalfLittleEndian(halves.AsSpan(item * 2)))];
        if (!asBase64)
        {
            return new JsonArray([.. values.Select(static value => (JsonNode)value)]);
        }

        byte[] singles = new byte[values.Length * 4];
        for (int item = 0; item < values.Length; item++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(singles.AsSpan(item * 4), values[item]);
        }

        return Convert.ToBase64String(singles);
    }

    private static float[] FromBase64(string text)
    {
        byte[] singles = Convert.FromBase64String(text);
        return [.. Enumerable.Range(0, singles.Length / 4).Select(item => BinaryPrimitives.ReadSingleLittleEndian(singles.AsSpan(item * 4)))];
    }
}
