using Magsag.Storage.Reconciling;

namespace Magsag.Cli.Reconciling;

/// <summary>What a provider's export counts.</summary>
/// <param name="Format">Whose export it is, and of what.</param>
/// <param name="Counts">Its figures; several may be of the same day and model.</param>
/// <param name="Notes">What people should know about it: what isn't read, pages that are missing.</param>
internal sealed record UsageExport(UsageExportFormat Format, IReadOnlyList<ProviderCount> Counts, IReadOnlyList<string> Notes)
{
    /// <exception cref="UnreadableInputException">The file can't be read, or isn't an export that is known.</exception>
    public static UsageExport Read(string path)
    {
        ExportTable table = ExportTable.Read(path);
        HashSet<string> columns = [.. table.Columns.Select(ExportRow.KeyOf)];
        UsageExportFormat format = UsageExportFormats.All.FirstOrDefault(known => known.Signature.All(columns.Contains)) ?? throw Unknown(path, table.Columns);
        if (format.Required.FirstOrDefault(column => !columns.Contains(ExportRow.KeyOf(column))) is { } missing)
        {
            throw new UnreadableInputException(path, 1, $"{format.Title} without '{missing}'. {format.Remedy}");
        }

        ExportRow[] counted = [.. table.Rows.Where(row => format.IsCounted(row))];
        if (counted.Length == 0)
        {
            throw new UnreadableInputException(path, 1, $"{format.Title} without a row of language models ({table.Rows.Count} rows). {format.Remedy}");
        }

        return new UsageExport(format, [.. counted.Select(row => format.Read(row))], [.. NotesAbout(Path.GetFileName(path), table, format, counted)]);
    }

    // A count that a provider adds to its export isn't left out in silence.
    private static IEnumerable<string> NotesAbout(string file, ExportTable table, UsageExportFormat format, ExportRow[] counted)
    {
        if (table.HasMore)
        {
            yield return $"{file} is one page of several ('has_more' is true): fetch the others and name them too.";
        }

        if (table.Rows.Count > counted.Length)
        {
            yield return $"{file}: {MoneyText.Count(table.Rows.Count - counted.Length)} of {MoneyText.Count(table.Rows.Count)} rows have no tokens, calls or cost of language models and aren't read.";
        }

        string[] unread = [.. table.Columns.Where(column => IsFigure(column) && !format.Known.Contains(ExportRow.KeyOf(column)) && counted.Any(row => row.Find(column) is not (null or "0" or "0.0")))];
        if (unread.Length > 0)
        {
            yield return $"{file}: {string.Join(", ", unread)} {(unread.Length == 1 ? "isn't a column that is" : "aren't columns that are")} known, and {(unread.Length == 1 ? "isn't" : "aren't")} in the figures.";
        }
    }

    private static bool IsFigure(string column) => column.Contains("token", StringComparison.OrdinalIgnoreCase) || column.Contains("cost", StringComparison.OrdinalIgnoreCase);

    private static UnreadableInputException Unknown(string path, IReadOnlyList<string> columns) => new(
        path,
        1,
        $"The file isn't a usage export that is known; its columns are {Excerpt.From(string.Join(", ", columns), 200)}. Expected {string.Join(", ", UsageExportFormats.All.Select(static format => $"{format.Title} ({string.Join(", ", format.Signature)})"))}.");
}
