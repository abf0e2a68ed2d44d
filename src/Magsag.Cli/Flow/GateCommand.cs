using System.CommandLine;
using Magsag.Gating;
using Magsag.Pricing;

namespace Magsag.Cli;

/// <summary><c>magsag flow gate</c></summary>
internal static class GateCommand
{
    private const string UsualPolicy = "catalog/policies/cost_governance.yaml";

    public static Command Create(Terminal terminal)
    {
        var paths = new CostPathsArgument("summary") { Description = "The summary that `magsag flow summarize` wrote; ledgers and folders are added up." };
        var policy = new Option<string?>("--policy") { Description = $"The policy; {UsualPolicy} in the repository when left out.", HelpName = "file" };
        var baselines = new Option<string[]>("--baseline") { Description = $"A baseline to compare with, several add up; {BaselineFile.DefaultName} in the working directory, else every one below it, when left out.", HelpName = "file" };
        var increase = new Option<decimal>("--max-increase") { Description = "By how many percent a cost may rise.", HelpName = "percent", DefaultValueFactory = static _ => 20m };
        var minimum = new Option<decimal>("--min-increase-usd") { Description = "Rises of no more than this many US dollars aren't reported.", HelpName = "usd" };
        var missing = new Option<string>("--missing-baseline") { Description = "What a missing baseline is.", HelpName = "severity", DefaultValueFactory = static _ => "warning" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what the gate finds, and answer 0 all the same." };
        var format = new Option<string>("--format") { Description = "How the verdict is printed.", HelpName = "format", DefaultValueFactory = static _ => "text" };
        var prices = new PriceFile();
        missing.AcceptOnlyFromAmong("error", "warning", "message", "none");
        format.AcceptOnlyFromAmong([.. VerdictFormats.Names]);
        var command = new Command("gate", "Judge costs by a policy and against a baseline: exit code 1 when they fail.") { paths, policy, baselines, increase, minimum, missing, dryRun, format, prices };
        command.SetAction((parsed, cancellationToken) =>
        {
            if (parsed.GetValue(increase) < 0m || parsed.GetValue(minimum) < 0m)
            {
                throw CommandFailure.Usage("--max-increase and --min-increase-usd must be 0 or more.");
            }

            PriceCatalog catalog = prices.CatalogOf(parsed, terminal);
            CostSummary summary = paths.SummaryOf(parsed, catalog, terminal, cancellationToken);
            string[] named = [.. parsed.GetValue(baselines)!.Select(terminal.PathOf)];
            IReadOnlyList<string> baselinePaths = BaselinePaths(named, terminal);
            CostPolicy? judgedBy = PolicyPath(parsed.GetValue(policy), terminal) is { } path ? PolicyFile.Read(path) : null;
            var settings = new GateSettings
            {
                MaxIncreasePercent = parsed.GetValue(increase),
                MinIncreaseUsd = parsed.GetValue(minimum),
                MissingBaseline = SeverityOf(parsed.GetValue(missing)!),
                BaselinePath = baselinePaths.FirstOrDefault() ?? named.FirstOrDefault() ?? terminal.PathOf(BaselineFile.DefaultName),
                UpdateCommand = string.Join(' ', ["magsag baseline accept", .. parsed.GetValue(paths)!, .. named.Length == 1 ? ["--baseline", parsed.GetValue(baselines)![0]] : Array.Empty<string>()]),
                Now = terminal.Clock.GetUtcNow(),
            };
            Verdict verdict = CostGate.Judge(summary, Baseline(baselinePaths), settings, judgedBy, catalog);
            terminal.Out.Write(VerdictFormats.Print(parsed.GetValue(format)!, verdict, terminal));
            return Task.FromResult(verdict.Failed && !parsed.GetValue(dryRun) ? ExitCode.GateFailed : ExitCode.Passed);
        });
        return command;
    }

    private static string? PolicyPath(string? named, Terminal terminal) => named is null ? SourceTree.FindUp(terminal, UsualPolicy) : InputFile.Existing(named, "a policy", terminal);

    // One that was named and isn't there is a missing baseline; of several, one that is missing would make what it accepts look like a rise.
    private static IReadOnlyList<string> BaselinePaths(string[] named, Terminal terminal) => named switch
    {
        [] => BaselineFiles.Of(terminal.Directory),
        [var only] when !Path.Exists(only) => [],
        _ => [.. named.Select(path => InputFile.Existing(path, "a baseline", terminal))],
    };

    private static CostBaseline? Baseline(IReadOnlyList<string> paths) => paths.Count == 0 ? null : CostBaseline.Of(paths.SelectMany(static path => BaselineFile.Read(path).Entries));

    private static FindingSeverity? SeverityOf(string word) => word switch
    {
        "error" => FindingSeverity.Error,
        "warning" => FindingSeverity.Warning,
        "message" => FindingSeverity.Message,
        _ => null,
    };
}
