using Spectre.Console;
using Spectre.Console.Rendering;

namespace Magsag.Cli.Output;

/// <summary>A table as people read it: the columns that are for them, and its cells as text.</summary>
internal sealed record TextTable(IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    private const int Gap = 3;
    private const int Margins = 2;

    // Names may wrap; lines shorter than this are unreadable.
    private const int NarrowestText = 16;

    public static TextTable From(Table table, TimeZoneInfo zone)
    {
        int[] shown = [.. Enumerable.Range(0, table.Columns.Count).Where(index => !table.Columns[index].ForProgramsOnly)];
        return new TextTable(
            [.. shown.Select(index => table.Columns[index])],
            [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. shown.Select(index => CellText.Format(row[index], table.Columns[index].Kind, zone))])]);
    }

    /// <summary>True when the table can be drawn in that many characters with each figure in one piece and names in readable parts.</summary>
    public bool Fits(int width) =>
        Enumerable.Range(0, Columns.Count).Sum(index => MayBreak(Columns[index]) ? Math.Min(ColumnWidth(index), NarrowestText) : ColumnWidth(index)) + (Columns.Count - 1) * Gap + Margins <= width;

    public IRenderable Drawn()
    {
        var drawn = new Spectre.Console.Table { Border = RuledHeader.Border };
        foreach (TableColumn column in Columns)
        {
            var header = new Spectre.Console.TableColumn(new Text(column.Title, new Style(decoration: Decoration.Bold)));
            header.NoWrap = !MayBreak(column);
            drawn.AddColumn(CellText.IsNumber(column.Kind) ? header.RightAligned() : header);
        }

        foreach (IReadOnlyList<string> row in Rows)
        {
            drawn.AddRow(row.Select(static cell => (IRenderable)new Text(cell)));
        }

        return drawn;
    }

    private static bool MayBreak(TableColumn column) => column.Kind == CellKind.Text;

    private int ColumnWidth(int index) => Math.Max(Columns[index].Title.GetCellWidth(), Rows.Max(row => row[index].GetCellWidth()));
}
