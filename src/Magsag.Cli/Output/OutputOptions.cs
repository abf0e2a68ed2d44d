namespace Magsag.Cli.Output;

/// <summary>The options of every command that prints a report.</summary>
internal sealed class OutputOptions
{
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON: exact figures, times in UTC." };
    private readonly Option<bool> _csv = new("--csv") { Description = "Print CSV: exact figures, times in UTC." };
    private readonly Option<bool> _markdown = new("--markdown") { Description = "Print Markdown." };
    private readonly Option<bool> _text = new("--text") { Description = "Print tables for people." };
    private readonly ZoneOption _zone = new();
    private readonly OutputFormat _redirected;

    private OutputOptions(OutputFormat redirected) => _redirected = redirected;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="redirected">What it prints when stdout is a file or a pipe and no option says otherwise.</param>
    public static OutputOptions AddTo(Command command, OutputFormat redirected = OutputFormat.Text)
    {
        var options = new OutputOptions(redirected);
        command.Add(options._json);
        command.Add(options._csv);
        command.Add(options._markdown);
        command.Add(options._text);
        command.Add(options._zone);
        return options;
    }

    /// <summary>The time zone in which times are read and shown.</summary>
    public TimeZoneInfo ZoneOf(ParseResult parsed) => _zone.ZoneOf(parsed);

    /// <summary>Prints a report as the command line asks.</summary>
    public void Write(Report report, ParseResult parsed, Terminal terminal) => Write(report, () => JsonRenderer.Of(report), parsed, terminal);

    /// <summary>Prints a report as the command line asks; what has a JSON format of its own is printed in that.</summary>
    public void Write(Report report, Func<string> toJson, ParseResult parsed, Terminal terminal)
    {
        TimeZoneInfo zone = ZoneOf(parsed);
        switch (FormatOf(parsed, terminal))
        {
            case OutputFormat.Json: terminal.Out.Write(toJson()); break;
            case OutputFormat.Csv: CsvRenderer.Write(report, terminal.Out); break;
            case OutputFormat.Markdown: terminal.Out.Write(MarkdownRenderer.Of(report, zone)); break;
            default: TextRenderer.Write(report, terminal, zone); break;
        }
    }

    private OutputFormat FormatOf(ParseResult parsed, Terminal terminal)
    {
        OutputFormat[] wanted =
        [
            .. parsed.GetValue(_json) ? [OutputFormat.Json] : Array.Empty<OutputFormat>(),
            .. parsed.GetValue(_csv) ? [OutputFormat.Csv] : Array.Empty<OutputFormat>(),
            .. parsed.GetValue(_markdown) ? [OutputFormat.Markdown] : Array.Empty<OutputFormat>(),
            .. parsed.GetValue(_text) ? [OutputFormat.Text] : Array.Empty<OutputFormat>(),
        ];
        return wanted switch
        {
            [] => terminal.IsOutputRedirected ? _redirected : OutputFormat.Text,
            [var one] => one,
            _ => throw CommandFailure.Usage("Expected one of --json, --csv, --markdown and --text, found several."),
        };
    }
}
