using System.Text;
using Magsag.Gating.Escaping;

namespace Magsag.Cli.Output;

/// <summary>Prints a report as GitHub's Markdown.</summary>
internal static class MarkdownRenderer
{
    public static string Render(Report report, TimeZoneInfo zone)
    {
        var text = new StringBuilder();
        if (report.Title is { } title)
        {
            text.Append("## ").Append(MarkdownText.Escape(title)).Append("\n\n");
        }

        foreach (Fact fact in report.Facts)
        {
            text.Append("- ").Append(MarkdownText.Escape(fact.Title)).Append(": ").Append(MarkdownText.Escape(CellText.Format(fact.Value, fact.Kind, zone))).Append('\n');
        }

        bool separated = report.Facts.Count == 0;
        foreach (Table table in report.Tables)
        {
            text.Append(separated ? "" : "\n");
            separated = false;
            Append(text, table, !report.IsList, zone);
        }

        foreach (string note in report.Notes)
        {
            text.Append("\n> ").Append(MarkdownText.Escape(note)).Append('\n');
        }

        if (report.Foot is { } foot)
        {
            text.Append('\n').Append(MarkdownText.Escape(foot.Title)).Append(": ").Append(MarkdownText.Escape(CellText.Format(foot.Value, foot.Kind, zone))).Append('\n');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Table table, bool titled, TimeZoneInfo zone)
    {
        if (titled && table.Title.Length > 0)
        {
            text.Append("### ").Append(MarkdownText.Escape(table.Title)).Append("\n\n");
        }

        IReadOnlyList<TableColumn> columns = [.. table.Columns.Where(static column => !column.ForProgramsOnly)];
        text.Append("| ").AppendJoin(" | ", columns.Select(static column => MarkdownText.Escape(column.Title))).Append(" |\n");
        text.Append("| ").AppendJoin(" | ", columns.Select(static column => CellText.IsNumber(column.Kind) ? "---:" : "---")).Append(" |\n");
        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            IEnumerable<string> cells = row.Where((_, index) => !table.Columns[index].ForProgramsOnly)
                .Select((value, index) => MarkdownText.Escape(value is NameList list ? list.Joined : CellText.Format(value, columns[index].Kind, zone)));
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }
    }
}
