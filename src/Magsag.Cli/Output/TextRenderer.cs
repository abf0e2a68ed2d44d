using Spectre.Console;

namespace Magsag.Cli.Output;

/// <summary>Prints a report for people.</summary>
internal static class TextRenderer
{
    public static void Write(Report report, Terminal terminal, TimeZoneInfo zone)
    {
        using var text = new StringWriter { NewLine = "\n" };
        Write(report, CreateConsole(terminal, text), zone);
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
            console.Write(new Text($"{fact.Title}: {CellText.Format(fact.Value, fact.Kind, zone)}"));
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

        if (report.Foot is { } foot)
        {
            console.WriteLine();
            console.Write(new Text($"{foot.Title}: {CellText.Format(foot.Value, foot.Kind, zone)}"));
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

        TextTable text = TextTable.From(table, zone);
        if (text.Fits(console.Profile.Width))
        {
            console.Write(text.Drawn());
            return;
        }

        WriteBlocks(console, text);
    }

    // A table that is too wide is easier to read as a list of its rows.
    private static void WriteBlocks(IAnsiConsole console, TextTable table)
    {
        int width = table.Columns.Max(static column => column.Title.GetCellWidth());
        foreach ((int index, IReadOnlyList<string> row) in table.Rows.Index())
        {
            if (index > 0)
            {
                console.WriteLine();
            }

            foreach ((TableColumn column, string cell) in table.Columns.Zip(row))
            {
                console.Write(new Text($" {column.Title}{new string(' ', width - column.Title.GetCellWidth())}  ", new Style(decoration: Decoration.Bold)));
                console.Write(new Text(cell));
                console.WriteLine();
            }
        }
    }

    private static IAnsiConsole CreateConsole(Terminal terminal, TextWriter text)
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
