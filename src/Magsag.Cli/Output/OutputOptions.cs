namespace Magsag.Cli.Output;

/// <summary>The options of every command that prints a report.</summary>
internal sealed class OutputOptions
{
    private readonly (Option<bool> Option, OutputFormat Format)[] _formats =
    [
        (new("--json") { Description = "Print JSON: exact figures, times in UTC." }, OutputFormat.Json),
        (new("--csv") { Description = "Print CSV: exact figures, times in UTC." }, OutputFormat.Csv),
        (new("--markdown") { Description = "Print Markdown." }, OutputFormat.Markdown),
        (new("--text") { Description = "Print tables for people." }, OutputFormat.Text),
    ];

    private readonly ZoneOption _zone = new();
    private readonly OutputFormat _redirected;

    private OutputOptions(OutputFormat redirected) => _redirected = redirected;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="redirected">What it prints when stdout is a file or a pipe and no option says otherwise.</param>
    public static OutputOptions AddTo(Command command, OutputFormat redirected = OutputFormat.Text)
    {
        var options = new OutputOptions(redirected);
        foreach ((Option<bool> option, _) in options._formats)
        {
            command.Add(option);
        }

        command.Add(options._zone);
        return options;
    }

    /// <summary>Lets a command print the report that it builds, and answer 0.</summary>
    public static Command Print(Command command, Terminal terminal, Func<ParseResult, TimeZoneInfo, CancellationToken, Report> build)
    {
        OutputOptions options = AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            options.Write(build(parsed, options.GetZone(parsed), cancellationToken), parsed, terminal);
            return Task.FromResult(ExitCode.Passed);
        });
        return command;
    }

    /// <summary>The time zone in which times are read and shown.</summary>
    public TimeZoneInfo GetZone(ParseResult parsed) => _zone.GetZone(parsed);

    /// <summary>Prints a report as the command line asks.</summary>
    public void Write(Report report, ParseResult parsed, Terminal terminal) => Write(report, () => JsonRenderer.Render(report), parsed, terminal);

    /// <summary>Prints a report as the command line asks; what has a JSON format of its own is printed in that.</summary>
    public void Write(Report report, Func<string> toJson, ParseResult parsed, Terminal terminal)
    {
        TimeZoneInfo zone = GetZone(parsed);
        switch (GetFormat(parsed, terminal))
        {
            case OutputFormat.Json: terminal.Out.Write(toJson()); break;
            case OutputFormat.Csv: CsvRenderer.Write(report, terminal.Out); break;
            case OutputFormat.Markdown: terminal.Out.Write(MarkdownRenderer.Render(report, zone)); break;
            default: TextRenderer.Write(report, terminal, zone); break;
        }
    }

    private OutputFormat GetFormat(ParseResult parsed, Terminal terminal)
    {
        OutputFormat[] wanted = [.. _formats.Where(format => parsed.GetValue(format.Option)).Select(static format => format.Format)];
        return wanted switch
        {
            [] => terminal.IsOutputRedirected ? _redirected : OutputFormat.Text,
            [var one] => one,
            _ => throw CommandFailure.Usage("Expected one of --json, --csv, --markdown and --text, found several."),
        };
    }
}
