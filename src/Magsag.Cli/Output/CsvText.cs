using System.Globalization;

namespace Magsag.Cli.Output;

/// <summary>Text in a cell of CSV (RFC 4180).</summary>
internal static class CsvText
{
    /// <summary>A name, which comes from a ledger and may hold anything: a spreadsheet must not take it for a formula.</summary>
    public static string Name(string name) => Quoted(name is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..] && !IsPercentage(name) ? "'" + name : name);

    /// <summary>A text of the tool's own.</summary>
    public static string Quoted(string cell) => cell.AsSpan().ContainsAny("\",\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static bool IsPercentage(string text) =>
        text.EndsWith(" %", StringComparison.Ordinal) && decimal.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.Number, CultureInfo.InvariantCulture, out _);
}
