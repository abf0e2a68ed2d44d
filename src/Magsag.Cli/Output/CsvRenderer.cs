using System.Globalization;
using System.Text;

namespace Magsag.Cli;

/// <summary>Prints a report's first table, or its figures where it has none, as CSV (RFC 4180): exact figures, times in UTC, nothing where something isn't known.</summary>
internal static class CsvRenderer
{
    public static string Of(Report report)
    {
        var text = new StringBuilder();
        if (report.Tables.Count == 0)
        {
            AppendLine(text, report.Facts.Select(static fact => fact.Key));
            AppendLine(text, report.Facts.Select(static fact => Value(fact.Value)));
            return text.ToString();
        }

        Table table = report.Tables[0];
        AppendLine(text, table.Columns.Select(static column => column.Key));
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            AppendLine(text, row.Select(Value));
        }

        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quoted)).Append("\r\n");

    private static string Value(object? value) => value switch
    {
        null => "",
        decimal number => Gating.ExactMoney.WithoutTrailingZeros(number).ToString(CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        string text => WithoutFormula(text),
        NameList list => WithoutFormula(list.Joined),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    // Names come from ledgers and may hold anything; a spreadsheet must not take one for a formula.
    private static string WithoutFormula(string text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !IsPercentage(text) ? "'" + text : text;

    private static bool IsPercentage(string text) =>
        text.EndsWith(" %", StringComparison.Ordinal) && decimal.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.Number, CultureInfo.InvariantCulture, out _);

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny("\",\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
