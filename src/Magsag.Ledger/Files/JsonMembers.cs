using System.Text.Json;
using Magsag.Ledger.Figures;

namespace Magsag.Ledger.Files;

/// <summary>Members of JSON that others wrote: what isn't there, or isn't of the kind that is expected, is null.</summary>
internal static class JsonMembers
{
    /// <summary>A member of an object; null for one that is missing or null, and where the parent is no object.</summary>
    public static JsonElement? Child(JsonElement? parent, string name)
    {
        try
        {
            return parent is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out JsonElement child) && child.ValueKind != JsonValueKind.Null ? child : null;
        }
        catch (InvalidOperationException)
        {
            // Another member's name has half a character in it, at which the search stops.
            return null;
        }
    }

    /// <summary>A whole number, kept within the bounds of counts; null for anything else.</summary>
    public static long? Number(JsonElement? parent, string name)
    {
        if (Child(parent, name) is not { ValueKind: JsonValueKind.Number } number)
        {
            return null;
        }

        if (number.TryGetInt64(out long count))
        {
            return CountBounds.Clamp(count);
        }

        // Some write whole numbers as 5.0.
        return number.TryGetDecimal(out decimal written) && written == decimal.Truncate(written) && Math.Abs(written) <= long.MaxValue ? CountBounds.Clamp((long)written) : null;
    }

    /// <summary>A count that fits into 32 bits; null for any other.</summary>
    public static int? SmallNumber(JsonElement? parent, string name) => Number(parent, name) is { } count and >= 0 and <= int.MaxValue ? (int)count : null;

    /// <summary>A text; null for what is none, half characters among it.</summary>
    public static string? Text(JsonElement? parent, string name)
    {
        try
        {
            return Child(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
