using Magsag.Cli.Costs;
using Magsag.Cli.Flow.Verdicts;
using Magsag.Cli.Prices;
using Magsag.Cli.Repository;
using Magsag.Gating.Baselines;
using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;
using Magsag.Ledger.Limits;
using Magsag.Yaml;

namespace Magsag.Cli.Flow;

/// <summary><c>magsag flow gate</c></summary>
internal sealed class GateCommand : Command
{
    private const string UsualPolicy = "catalog/policies/cost_governance.yaml";

    private readonly Terminal _terminal;
    private readonly CostPathsArgument _paths = new("summary") { Description = "The summary that `magsag flow summarize` wrote, or ledgers and folders, which are added up; the last recording of each test assembly in the runs directories below the working directory when left out." };
    private readonly Option<string?> _policy = new("--policy") { Description = $"The policy; {UsualPolicy} in the repository when left out.", HelpName = "file" };
    private readonly GateBaselines _baselines = new();
    private readonly Option<decimal> _increase = new("--max-increase") { Description = "By how many percent a cost may rise.", HelpName = "percent", DefaultValueFactory = static _ => 20m };
    private readonly Option<decimal> _minimum = new("--min-increase-usd") { Description = "Rises of no more than this many US dollars aren't reported.", HelpName = "usd" };
    private readonly Option<string> _missing = new("--missing-baseline") { Description = "What a missing baseline is.", HelpName = "severity", DefaultValueFactory = static _ => "warning" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Say what the gate finds, and answer 0 all the same." };
    private readonly Option<string> _format = new("--format") { Description = "How the verdict is printed.", HelpName = "format", DefaultValueFactory = static _ => "text" };
    private readonly VerdictFiles _files = new();
    private readonly PriceFile _prices = new();

    private GateCommand(Terminal terminal)
        : base("gate", "Judge costs by a policy and against a baseline: exit code 1 when they fail.")
    {
        _terminal = terminal;
        _missing.AcceptOnlyFromAmong("error", "warning", "message", "none");
        _format.AcceptOnlyFromAmong([.. VerdictFormats.Names]);
        Add(_paths);
        foreach (Option option in (Option[])[_policy, _baselines, _increase, _minimum, _missing, _dryRun, _format, _files, _prices])
        {
            Add(option);
        }

        SetAction((parsed, cancellationToken) => Task.FromResult(Run(parsed, cancellationToken)));
    }

    public static Command Create(Terminal terminal) => new GateCommand(terminal);

    private int Run(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_increase) is < 0m or > FigureBounds.MostUsd || parsed.GetValue(_minimum) is < 0m or > FigureBounds.MostUsd)
        {
            throw CommandFailure.Usage(FormattableString.Invariant($"--max-increase and --min-increase-usd must be 0 or more, {FigureBounds.MostUsd} at most."));
        }

        try
        {
            Verdict verdict = Judge(parsed, cancellationToken);
            Write(parsed, verdict);
            return verdict.Failed && !parsed.GetValue(_dryRun) ? ExitCode.GateFailed : ExitCode.Passed;
        }
        catch (UnreadableInputException error) when (parsed.GetValue(_format) != "text" || parsed.GetValue(_files)!.Length > 0)
        {
            // Readers of the verdict alone need the file and line as well.
            Write(parsed, ProjectGate.Refuse(error));
            throw;
        }
    }

    private Verdict Judge(ParseResult parsed, CancellationToken cancellationToken)
    {
        PriceCatalog catalog = _prices.ReadCatalog(parsed, _terminal);
        CostSummary summary = _paths.Summarize(parsed, catalog, _terminal, cancellationToken);
        (CostBaseline? baseline, GateSettings settings) = _baselines.Find(parsed, parsed.GetValue(_paths)!, catalog, _terminal, cancellationToken);
        CostPolicy? policy = PolicyPath(parsed.GetValue(_policy)) is { } path ? PolicyFile.Read(path) : null;
        settings = settings with
        {
            MaxIncreasePercent = parsed.GetValue(_increase),
            MinIncreaseUsd = parsed.GetValue(_minimum),
            MissingBaseline = ParseSeverity(parsed.GetValue(_missing)!),
        };
        return CostGate.Judge(summary, baseline, settings, policy, catalog);
    }

    private void Write(ParseResult parsed, Verdict verdict)
    {
        _files.Write(parsed, verdict, _terminal);
        _terminal.Out.Write(VerdictFormats.Print(parsed.GetValue(_format)!, verdict, _terminal));
    }

    private string? PolicyPath(string? named) => named is null ? SourceTree.FindUp(_terminal, UsualPolicy) : InputFile.Existing(named, "a policy", _terminal);

    private static FindingSeverity? ParseSeverity(string word) => word switch
    {
        "error" => FindingSeverity.Error,
        "warning" => FindingSeverity.Warning,
        "message" => FindingSeverity.Message,
        _ => null,
    };
}
