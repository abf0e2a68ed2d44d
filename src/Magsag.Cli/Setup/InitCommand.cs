using System.CommandLine;
using Magsag.Gating;
using Magsag.Pricing;

namespace Magsag.Cli;

/// <summary><c>magsag init</c></summary>
internal static class InitCommand
{
    public static Command Create(Terminal terminal)
    {
        var folder = new Argument<string>("folder") { Description = "The repository.", DefaultValueFactory = static _ => "." };
        var command = new Command("init", "Set a repository up: policy, workflow, analyzer settings, .gitignore, and a baseline where costs were recorded. What is there stays as it is.") { folder };
        OutputOptions format = OutputOptions.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            string root = terminal.PathOf(parsed.GetValue(folder)!);
            if (!Directory.Exists(root))
            {
                throw CommandFailure.Usage($"{terminal.Shown(root)} isn't a folder; expected the root of a repository.");
            }

            Table steps = new("steps", "Set up", [new Column("file", "File"), new Column("done", "Done")], [.. StepsIn(root, terminal, cancellationToken)]);
            format.Write(Report.Of(steps), parsed, terminal);
            return Task.FromResult(ExitCode.Passed);
        });
        return command;
    }

    private static IEnumerable<IReadOnlyList<object?>> StepsIn(string root, Terminal terminal, CancellationToken cancellationToken)
    {
        yield return WriteNew(root, "catalog/policies/cost_governance.yaml", SetupFiles.Policy, terminal);
        yield return WriteNew(root, ".github/workflows/cost-check.yml", SetupFiles.Workflow, terminal);
        yield return Append(root, ".editorconfig", "magsag.", SetupFiles.EditorConfig, terminal);
        yield return Append(root, ".gitignore", RunsDirectories.Name, $"{RunsDirectories.Name}/\n", terminal);
        foreach (string runs in RunsDirectories.Below(root))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return AcceptBaseline(root, runs, terminal, cancellationToken);
        }
    }

    private static string[] WriteNew(string root, string name, string content, Terminal terminal)
    {
        string path = Path.Combine(root, name);
        if (Path.Exists(path))
        {
            return [name, "kept"];
        }

        OutputFile.Write(path, terminal, file => OutputFile.WriteText(file, content));
        return [name, "written"];
    }

    private static string[] Append(string root, string name, string sign, string content, Terminal terminal)
    {
        string path = Path.Combine(root, name);
        string before = File.Exists(path) ? File.ReadAllText(path) : "";
        if (before.Contains(sign, StringComparison.Ordinal))
        {
            return [name, "kept"];
        }

        string separator = before.Length == 0 || before.EndsWith('\n') ? "" : "\n";
        OutputFile.Write(path, terminal, file => OutputFile.WriteText(file, before + separator + (before.Length == 0 ? content.TrimStart('\n') : content)));
        return [name, before.Length == 0 ? "written" : "extended"];
    }

    private static string[] AcceptBaseline(string root, string runs, Terminal terminal, CancellationToken cancellationToken)
    {
        string path = Path.Combine(Path.GetDirectoryName(runs)!, BaselineFile.DefaultName);
        string name = Path.GetRelativePath(root, path);
        if (File.Exists(path))
        {
            return [name, "kept"];
        }

        CostSources recorded = CostSources.Find([runs], terminal).Latest();
        CostSummary summary = CostSummaries.Of(recorded, CallFilter.Everything, PriceCatalog.Embedded, terminal, cancellationToken);
        if (summary.Totals.Calls == 0)
        {
            return [name, "nothing recorded yet: run the tests, then magsag baseline accept"];
        }

        OutputFile.Write(path, terminal, file => BaselineFile.Write(file, CostBaseline.Of(summary)));
        return [name, $"written: {SummaryReport.Headline(summary)}"];
    }
}
