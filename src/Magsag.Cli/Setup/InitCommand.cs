using Magsag.Cli.Baselines;
using Magsag.Cli.Costs;
using Magsag.Cli.Repository;
using Magsag.Gating.Baselines;

namespace Magsag.Cli.Setup;

/// <summary><c>magsag init</c></summary>
internal static class InitCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string?>("folder") { Description = "The folder to set up; the root of the repository when left out.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("init", "Set a repository up: policy, workflow, analyzer settings, .gitignore, and a baseline where costs were recorded. What is there stays as it is.") { folder };
        return OutputOptions.Print(command, terminal, (parsed, _, cancellationToken) =>
        {
            string root = parsed.GetValue(folder) is { } named ? terminal.FullPath(named) : SourceTree.FindRoot(terminal);
            return Directory.Exists(root)
                ? Report.List(Table.From("steps", "Set up", [.. Steps(root, terminal, cancellationToken)], [new("file", "File", static step => step.File), new("done", "Done", static step => step.Done)]))
                : throw CommandFailure.Usage($"{terminal.Shown(root)} isn't a folder; expected the root of a repository.");
        });
    }

    private static IEnumerable<(string File, string Done)> Steps(string root, Terminal terminal, CancellationToken cancellationToken)
    {
        yield return WriteNew(root, "catalog/policies/cost_governance.yaml", SetupFiles.Policy, terminal);
        yield return WriteNew(root, ".github/workflows/cost-check.yml", SetupFiles.Workflow(BuildTargets.Find(root)), terminal);
        yield return Append(root, ".editorconfig", static line => line.StartsWith("magsag.", StringComparison.Ordinal), SetupFiles.EditorConfig, terminal);
        yield return Append(root, GitIgnore.Name, GitIgnore.NamesRuns, $"{RunsDirectories.Name}/\n", terminal);
        foreach (string runs in RunsDirectories.Below(root))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return AcceptBaseline(root, runs, terminal, cancellationToken);
        }
    }

    private static (string File, string Done) WriteNew(string root, string name, string content, Terminal terminal)
    {
        string path = Path.Combine(root, name);
        if (Path.Exists(path))
        {
            return (name, "kept");
        }

        OutputFile.Write(path, terminal, file => OutputFile.WriteText(file, content));
        return (name, "written");
    }

    private static (string File, string Done) Append(string root, string name, Func<string, bool> isThere, string addition, Terminal terminal)
    {
        string path = Path.Combine(root, name);
        UserFile before = UserFile.Read(path, terminal);
        if (before.Lines.Any(isThere))
        {
            return (name, "kept");
        }

        OutputFile.Write(path, terminal, file => before.WriteWith(addition, file));
        return (name, before.IsEmpty ? "written" : "extended");
    }

    private static (string File, string Done) AcceptBaseline(string root, string runs, Terminal terminal, CancellationToken cancellationToken)
    {
        string project = Path.GetDirectoryName(runs)!, path = Path.Combine(project, BaselineFile.DefaultName);
        string name = Path.GetRelativePath(root, path);
        if (BaselineFiles.In(project) is [var first, ..])
        {
            return (Path.GetRelativePath(root, first), "kept");
        }

        CostSources recorded = CostSources.Find([runs], terminal).Latest();
        CostSummary summary = CostSummaries.Summarize(recorded, CallFilter.Everything, PriceCatalog.Embedded, terminal, cancellationToken);
        if (summary.Totals.Calls == 0)
        {
            return (name, $"nothing recorded yet: run the tests, then {BaselineFiles.CommandFor(project, terminal)}");
        }

        OutputFile.Write(path, terminal, file => BaselineFile.Write(file, CostBaseline.From(summary)));
        return (name, $"written: {SummaryReport.Headline(summary)}");
    }
}
