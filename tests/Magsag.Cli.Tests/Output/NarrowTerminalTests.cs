namespace Magsag.Cli.Tests.Output;

/// <summary>Tables at terminals that are too narrow for them, and names that aren't meant for terminals.</summary>
public sealed class NarrowTerminalTests
{
    [Fact]
    public void Names_break_over_lines_while_their_parts_can_be_read() => Assert.Equal(
        """
         Agent               Cost   Share
        ──────────────────────────────────
         a-long-name-that   $0.42   100 %
         -breaks
        """,
        Text(36, [["a-long-name-that-breaks", 0.42m, 1m]]));

    [Fact]
    public void Where_not_even_that_fits_each_row_is_a_block_of_lines() => Assert.Equal(
        """
         Agent  triage
         Cost   $0.0000191
         Share  66.7 %

         Agent  answering
         Cost   –
         Share  33.3 %
        """,
        Text(20, [["triage", 0.00001905m, 0.667m], ["answering", null, 0.333m]]));

    [Fact]
    public void A_figure_never_breaks() =>
        Assert.All(Enumerable.Range(12, 60), static width => Assert.Contains("$0.0000191", Text(width, [["triage", 0.00001905m, 0.667m]])));

    [Fact]
    public void Control_characters_in_names_are_shown_and_not_obeyed()
    {
        string text = Text(100, [["\u001b[31mred\tand\nnew\u202e", 1m, 1m]]);

        Assert.Contains("␛[31mred␉and new�", text);
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void Columns_for_programs_are_left_out_for_people()
    {
        var report = Report.List(new Table("charges", "Charges", [new TableColumn("a", "A"), new TableColumn("b", "B", ForProgramsOnly: true)], [["1", "2"]]));
        using var csv = new StringWriter();

        CsvRenderer.Write(report, csv);

        Assert.Equal("| A |\n| --- |\n| 1 |\n", MarkdownRenderer.Render(report, TimeZoneInfo.Utc));
        Assert.Equal("a,b\r\n1,2\r\n", csv.ToString());
    }

    private static string Text(int width, IReadOnlyList<IReadOnlyList<object?>> rows)
    {
        var table = new Table("agents", "Agents", [new TableColumn("agent", "Agent"), new TableColumn("cost_usd", "Cost", CellKind.Money), new TableColumn("share", "Share", CellKind.Share)], rows);
        using var output = new StringWriter { NewLine = "\n" };
        TextRenderer.Write(Report.List(table), new Terminal { Out = output, Error = output, Directory = "/", Width = width }, TimeZoneInfo.Utc);
        return output.ToString().TrimEnd('\n');
    }
}
