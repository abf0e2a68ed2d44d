using Magsag.Cli.Baselines;
using Magsag.Cli.Costs;
using Magsag.Cli.Figures;
using Magsag.Cli.Prices;
using Magsag.Cli.Repository;
using Magsag.Gating.Baselines;
using Magsag.Ledger.Limits;
using Magsag.Yaml;

namespace Magsag.Cli.Setup;

/// <summary>Looks at how a repository is set up.</summary>
internal static class SetupChecks
{
    public static IEnumerable<SetupCheck> All(Terminal terminal, CancellationToken cancellationToken)
    {
        string root = SourceTree.FindRoot(terminal);
        foreach (SetupCheck check in ProjectChecks.All(root).Concat(WorkflowChecks.All(root)))
        {
            yield return check;
        }

        yield return Ignored(root);
        yield return Policy(Path.Combine(root, "catalog/policies/cost_governance.yaml"));
        yield return File("own prices", Path.Combine(root, OwnPrices.FileName), "none; the embedded prices hold", static path => $"{OwnPrices.Over(path, PriceCatalog.Embedded).Models.Count()} models with the embedded ones", isWanted: false);
        yield return PriceAge.Warning(PriceCatalog.Embedded, terminal.Clock.GetUtcNow()) is { } old ? SetupCheck.Warning("prices", old) : SetupCheck.Ok("prices", PriceAge.Foot(PriceCatalog.Embedded));
        IReadOnlyList<string> runs = RunsDirectories.Below(root);
        if (runs.Count == 0)
        {
            yield return SetupCheck.Warning("recorded costs", $"no {RunsDirectories.Name} folder below {root}: run the tests of a project that references Magsag");
        }

        foreach (string directory in runs)
        {
            string name = Path.GetRelativePath(root, directory);
            yield return Recorded(name, directory, terminal, cancellationToken);
            string project = Path.GetDirectoryName(directory)!;
            yield return File($"baseline of {name}", BaselineFiles.In(project).FirstOrDefault() ?? Path.Combine(project, BaselineFile.DefaultName), $"none; `{BaselineFiles.CommandFor(project, terminal)}` makes one", static path => Counted(BaselineFile.Read(path).Entries.Count, "entry", "entries"), isWanted: true);
        }
    }

    private static SetupCheck Policy(string path)
    {
        CostPolicy? policy = null;
        SetupCheck check = File("policy", path, "no policy; `magsag init` writes one", found => Contents(policy = PolicyFile.Read(found)), isWanted: true);
        return policy is { IsEmpty: true } ? check with { State = CheckState.Warning, Found = "it limits nothing: it states neither a limit nor a rule (docs/policy.md)" } : check;
    }

    // Alerts are limits that only warn.
    private static string Contents(CostPolicy policy) => string.Join(
        ", ",
        new[] { (policy.Limits.Count, "limit", "limits"), (policy.ModelRules.Count, "model rule", "model rules"), (policy.RegressionThresholds.Count, "regression threshold", "regression thresholds") }
            .Where(static part => part.Count > 0)
            .Select(static part => Counted(part.Count, part.Item2, part.Item3)));

    private static SetupCheck Ignored(string root)
    {
        string path = Path.Combine(root, GitIgnore.Name);
        return System.IO.File.Exists(path) && RepositoryFiles.ReadTextOrEmpty(path).Split('\n').Any(static line => GitIgnore.NamesRuns(line.Trim()))
            ? SetupCheck.Ok(GitIgnore.Name, $"{RunsDirectories.Name}/ is ignored")
            : SetupCheck.Warning(GitIgnore.Name, $"{RunsDirectories.Name}/ isn't ignored; `magsag init` adds it");
    }

    private static SetupCheck Recorded(string name, string directory, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            CostSummary summary = CostSummaries.Summarize(CostSources.Find([directory], terminal), CallFilter.Everything, PriceCatalog.Embedded, terminal, cancellationToken);
            string found = SummaryReport.Headline(summary);
            return Unknowns.IsLowerBound(summary.Totals)
                ? SetupCheck.Warning(name, $"{found}. {string.Join(' ', Unknowns.Notes(summary.Totals))}")
                : SetupCheck.Ok(name, found);
        }
        catch (UnreadableInputException error)
        {
            return SetupCheck.Wrong(name, $"{terminal.Shown(error.File)}{(error.Line > 0 ? $"({error.Line})" : "")}: {error.Message}");
        }
        catch (CommandFailure failure)
        {
            return SetupCheck.Warning(name, failure.Message);
        }
    }

    private static string Counted(int count, string one, string several) => $"{MoneyText.Count(count)} {(count == 1 ? one : several)}";

    private static SetupCheck File(string subject, string path, string missing, Func<string, string> read, bool isWanted)
    {
        if (!System.IO.File.Exists(path))
        {
            return new SetupCheck(subject, isWanted ? CheckState.Warning : CheckState.Ok, missing);
        }

        try
        {
            return SetupCheck.Ok(subject, read(path));
        }
        catch (UnreadableInputException error)
        {
            return SetupCheck.Wrong(subject, $"{Path.GetFileName(error.File)}{(error.Line > 0 ? $"({error.Line})" : "")}: {error.Message}");
        }
    }
}
