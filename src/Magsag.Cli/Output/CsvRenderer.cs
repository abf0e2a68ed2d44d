using System.Globalization;
using System.Text;

namespace Magsag.Cli.Output;

/// <summary>Prints a report's first table, or its figures where it has none, as CSV (RFC 4180): exact figures, times in UTC, nothing where something isn't known.</summary>
internal static class CsvRenderer
{
    // Long tables are written in chunks: one string of everything would be copied several times.
    private const int ChunkSize = 32 * 1024;

    public static void Write(Report report, TextWriter output)
    {
        var text = new StringBuilder();
        if (report.Tables.Count == 0)
        {
            AppendLine(text, [.. report.Facts.Select(static fact => fact.Key)]);
            AppendLine(text, [.. report.Facts.Select(static fact => fact.Value)]);
            output.Write(text);
            return;
        }

        Table table = report.Tables[0];
        AppendLine(text, [.. table.Columns.Select(static column => column.Key)]);
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            AppendLine(text, row);
            if (text.Length >= ChunkSize)
            {
                output.Write(text);
                text.Clear();
            }
        }

        output.Write(text);
    }

    private static void AppendLine(StringBuilder text, IReadOnlyList<object?> cells)
    {
        for (int column = 0; column < cells.Count; column++)
        {
            Append(column == 0 ? text : text.Append(','), cells[column]);
        }

        text.Append("\r\n");
    }

    private static StringBuilder Append(StringBuilder text, object? value) => value switch
    {
        null => text,
        decimal number => text.Append(CultureInfo.InvariantCulture, $"{ExactMoney.WithoutTrailingZeros(number)}"),
        BoundedAmount amount => Append(text, amount.Usd),
        DateTimeOffset time => text.Append(CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'}"),
        bool flag => text.Append(flag ? "true" : "false"),
        string name => text.Append(CsvText.Name(name)),
        NameList list => text.Append(CsvText.Name(list.Joined)),
        _ => text.Append(CsvText.Quoted(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")),
    };
}
