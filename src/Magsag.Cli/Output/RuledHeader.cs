using Spectre.Console;
using Spectre.Console.Rendering;

namespace Magsag.Cli.Output;

/// <summary>The border of tables: a rule below the header and nothing else.</summary>
internal sealed class RuledHeader : TableBorder
{
    public static TableBorder Border { get; } = new RuledHeader();

    public override string GetPart(TableBorderPart part) => part switch
    {
        TableBorderPart.HeaderBottom or TableBorderPart.HeaderBottomSeparator => "─",
        TableBorderPart.HeaderLeft or TableBorderPart.CellLeft or TableBorderPart.HeaderBottomLeft => "",
        _ => " ",
    };

    /// <inheritdoc/>
    public override string GetColumnRow(TablePart part, IReadOnlyList<int> widths, IReadOnlyList<IColumn> columns) =>
        part is TablePart.Top or TablePart.Bottom ? "" : base.GetColumnRow(part, widths, columns);
}
