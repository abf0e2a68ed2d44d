using System.Text.Json;
using Magsag.Ledger.Figures;

namespace Magsag.Ledger.Files;

/// <summary>Writes members that may be unknown, and exact amounts of money.</summary>
internal static class JsonWriterExtensions
{
    /// <summary>Writes a text; nothing when it is null.</summary>
    public static void WriteKnown(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>Writes US dollars, exactly; nothing when they are null.</summary>
    public static void WriteUsd(this Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal? usd)
    {
        if (usd is { } amount)
        {
            json.WriteNumber(name, ExactMoney.WithoutTrailingZeros(amount));
        }
    }
}
