using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;
using Magsag.Cli.Baselines;
using Magsag.Cli.Completion;
using Magsag.Cli.Dashboard;
using Magsag.Cli.Data;
using Magsag.Cli.Flow;
using Magsag.Cli.Html;
using Magsag.Cli.Ingest;
using Magsag.Cli.Models;
using Magsag.Cli.Prices;
using Magsag.Cli.Reconciling;
using Magsag.Cli.Reports;
using Magsag.Cli.Setup;

namespace Magsag.Cli;

/// <summary>The command tree. Every failure ends in one line on stderr and an exit code.</summary>
internal static class CommandLine
{
    private const string TraceVariable = "MAGSAG_TRACE";
    private const string ReportAddress = "https://github.com/magsag/magsag/issues";

    /// <summary>All commands. A new one is a file of its own and a line here.</summary>
    public static RootCommand Create(Terminal terminal) => new("What language model calls cost: summaries, gates, queries and reports.")
    {
        new Command("flow", "Summarise recorded costs and gate on them.")
        {
            SummarizeCommand.Create(terminal),
            GateCommand.Create(terminal),
        },
        new Command("data", "Ask the store of recorded calls, and correct what is wrong in it.")
        {
            DataQueryCommand.Create(terminal),
            DataSearchCommand.Create(terminal),
            DataCorrectCommand.Create(terminal),
            ReconcileCommand.Create(terminal),
        },
        HtmlReportCommand.Create(terminal, ReportCatalog.Create(terminal).Select(report => ReportCommand.Create(report, terminal))),
        DashboardCommand.Create(terminal),
        IngestCommand.Create(terminal),
        new Command("baseline", "Show, compare and accept baselines.")
        {
            BaselineShowCommand.Create(terminal),
            BaselineDiffCommand.Create(terminal),
            BaselineAcceptCommand.Create(terminal),
        },
        new Command("prices", "Look prices up and take prices of others over.")
        {
            PricesListCommand.Create(terminal),
            PricesShowCommand.Create(terminal),
            PricesDiffCommand.Create(terminal),
            PricesImportCommand.Create(terminal),
            PricesUpdateCommand.Create(terminal),
            PricesRefreshCommand.Create(terminal),
        },
        new Command("model", "Choose models.")
        {
            ModelSuggestCommand.Create(terminal),
        },
        InitCommand.Create(terminal),
        DoctorCommand.Create(terminal),
        CompletionCommand.Create(terminal),
    };

    /// <summary>Runs one command line.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken = default)
    {
        // Numbers on the command line are culture-invariant: in some cultures 0.5 would be parsed as 5.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        using ScratchFolder scratch = terminal.Scratch;
        try
        {
            return await RunParsedAsync(arguments, terminal, cancellationToken);
        }
        catch (Exception error)
        {
            CommandFailure failure = CommandFailure.From(error, terminal) ?? Unforeseen(error, terminal);
            terminal.WriteNotice($"magsag: {failure.Message}");
            return failure.Code;
        }
    }

    private static async Task<int> RunParsedAsync(IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        RootCommand root = Create(terminal);
        TakeNoValues(root);
        Suggestions.AddTo(root, terminal);
        ParseResult parsed = root.Parse(arguments);
        bool isMistaken = parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction;
        if ((UsageMistake.UnknownOption(parsed) ?? (isMistaken ? UsageMistake.Describe(parsed) : null)) is { } mistake)
        {
            terminal.WriteNotice($"magsag: {mistake} See: {HelpCommand(parsed)}");
            return ExitCode.WrongUsage;
        }

        var configuration = new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(configuration, cancellationToken);
    }

    // A switch never takes the next word as its value, so that shells complete the next option.
    private static void TakeNoValues(Command command)
    {
        foreach (Option<bool> flag in command.Options.OfType<Option<bool>>())
        {
            flag.Arity = ArgumentArity.Zero;
        }

        foreach (Command child in command.Subcommands)
        {
            TakeNoValues(child);
        }
    }

    // A bug of the tool. Its stack trace is of use only to developers, so it is printed on demand.
    private static CommandFailure Unforeseen(Exception error, Terminal terminal)
    {
        if (terminal.Variable(TraceVariable) is not null)
        {
            terminal.Error.WriteLine(error);
        }

        return CommandFailure.Unreadable($"This is a mistake of magsag {ToolVersion.Text}: {error.GetType().Name}: {error.Message} Please report it with the command and what {TraceVariable}=1 prints: {ReportAddress}", error);
    }

    private static string HelpCommand(ParseResult parsed)
    {
        IEnumerable<string> names = parsed.CommandResult.AncestorsAndSelf().Select(static result => result.Command.Name).Reverse().Skip(1);
        return string.Join(' ', ["magsag", .. names, "--help"]);
    }

    private static IEnumerable<CommandResult> AncestorsAndSelf(this CommandResult command)
    {
        for (SymbolResult? result = command; result is not null; result = result.Parent)
        {
            if (result is CommandResult found)
            {
                yield return found;
            }
        }
    }
}
