using Spectre.Console;
using Spectre.Console.Rendering;

namespace Magsag.Cli;

/// <summary>Prints a report for people.</summary>
internal static class TextRenderer
{
    public static void Write(Report report, Terminal terminal, TimeZoneInfo zone)
    {
        using var text = new StringWriter { NewLine = "\n" };
        Write(report, ConsoleOf(terminal, text), zone);
        foreach (string line in text.ToString().TrimEnd().Split('\n'))
        {
            terminal.Out.WriteLine(line.TrimEnd());
        }
    }

    private static void Write(Report report, IAnsiConsole console, TimeZoneInfo zone)
    {
        if (report.Title is { } title)
        {
            console.Write(new Text(title, new Style(decoration: Decoration.Bold)));
            console.WriteLine();
        }

        foreach (Fact fact in report.Facts)
        {
            console.Write(new Text($"{fact.Title}: {CellText.Of(fact.Value, fact.Kind, zone)}"));
            console.WriteLine();
        }

        foreach (Table table in report.Tables)
        {
            if (!report.IsList)
            {
                console.WriteLine();
            }

            Write(console, table, !report.IsList, zone);
        }

        foreach (string note in report.Notes)
        {
            console.WriteLine();
            console.Write(new Text(note, new Style(Color.Yellow)));
            console.WriteLine();
        }
    }

    private static void Write(IAnsiConsole console, Table table, bool titled, TimeZoneInfo zone)
    {
        if (titled && table.Title.Length > 0)
        {
            console.Write(new Text(table.Title, new Style(decoration: Decoration.Bold)));
            console.WriteLine();
        }

        if (table.Rows.Count == 0)
        {
            console.Write(new Text("Nothing found."));
            console.WriteLine();
            return;
        }

        var drawn = new Spectre.Console.Table { Border = RuledHeader.Border };
        foreach (Column column in table.Columns)
        {
            var header = new TableColumn(new Text(column.Title, new Style(decoration: Decoration.Bold)));
            drawn.AddColumn(CellText.IsNumber(column.Kind) ? header.RightAligned().NoWrap() : header);
        }

        foreach (IReadOnlyList<object?> row in table.Rows)
        {
            drawn.AddRow(row.Select((value, index) => (IRenderable)new Text(CellText.Of(value, table.Columns[index].Kind, zone))));
        }

        console.Write(drawn);
    }

    private static IAnsiConsole ConsoleOf(Terminal terminal, TextWriter text)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal.HasColour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal.HasColour ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new WriterOutput(text, terminal),
        });
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
