using Magsag.Cli.Baselines;
using Magsag.Cli.Costs;
using Magsag.Cli.Repository;
using Magsag.Gating.Baselines;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow;

/// <summary>The baselines that the gate compares with: those that were named, else the one in the working directory, else all below it.</summary>
internal sealed class GateBaselines : Option<string[]>
{
    private const string AcceptInTests = "dotnet test -p:MagsagUpdateBaseline=true";

    public GateBaselines()
        : base("--baseline")
    {
        Description = $"A baseline to compare with, several add up; {BaselineFile.DefaultName} in the working directory, else every one below it, when left out.";
        HelpName = "file";
    }

    /// <exception cref="UnreadableInputException">A baseline can't be read.</exception>
    public (CostBaseline? Baseline, GateSettings Settings) Find(ParseResult parsed, IReadOnlyList<string> summarised, PriceCatalog catalog, Terminal terminal, CancellationToken cancellationToken)
    {
        string[] named = parsed.GetValue(this)!;
        IReadOnlyList<string> found = ResolvePaths(named, terminal);
        bool besideProjects = named.Length == 0 && StandBesideProjects(found, terminal);
        string shown = found.Count > 0 ? found[0] : terminal.FullPath(named.FirstOrDefault() ?? BaselineFile.DefaultName);
        var settings = new GateSettings
        {
            BaselinePath = shown,
            BaselineName = terminal.Shown(shown),
            UpdateCommand = besideProjects || named.Length > 1 ? AcceptInTests : AcceptCommand(summarised, named, terminal),
            ProjectsWithoutBaseline = besideProjects && found.Count > 0 ? [.. ProjectsWithout(found, catalog, terminal, cancellationToken)] : [],
        };
        return (found.Count == 0 ? null : BaselineFiles.Read(found), settings);
    }

    // One that was named and isn't there is a missing baseline; of several, one that is missing would make what it accepts look like a rise.
    private static IReadOnlyList<string> ResolvePaths(string[] named, Terminal terminal) => named switch
    {
        [] => BaselineFiles.Find(terminal.Directory),
        [var only] when !Path.Exists(terminal.FullPath(only)) => [],
        _ => [.. named.Select(path => InputFile.Existing(path, "a baseline", terminal)).Distinct(StringComparer.Ordinal)],
    };

    private static bool StandBesideProjects(IReadOnlyList<string> found, Terminal terminal)
    {
        IEnumerable<string> folders = found.Count > 0 ? found : RunsDirectories.Below(terminal.Directory);
        return folders.Any() && !folders.Any(path => Path.GetDirectoryName(path) == terminal.Directory);
    }

    // What was summarised elsewhere, such as in a folder of the CI server's, isn't there where the command is run.
    private static string AcceptCommand(IReadOnlyList<string> summarised, string[] named, Terminal terminal)
    {
        string[] here = [.. summarised.Where(path => !Path.IsPathRooted(terminal.Shown(terminal.FullPath(path))))];
        string[] what = here.Length < summarised.Count ? ["--latest"] : here;
        return string.Join(' ', ["magsag baseline accept", .. what, .. named.Length == 1 ? ["--baseline", named[0]] : Array.Empty<string>()]);
    }

    private static IEnumerable<string> ProjectsWithout(IReadOnlyList<string> found, PriceCatalog catalog, Terminal terminal, CancellationToken cancellationToken)
    {
        HashSet<string> folders = new(found.Select(static path => Path.GetDirectoryName(path)!), StringComparer.Ordinal);
        foreach (string runs in RunsDirectories.Below(terminal.Directory))
        {
            string project = Path.GetDirectoryName(runs)!;
            if (!folders.Contains(project) && HasCalls(runs, catalog, terminal, cancellationToken))
            {
                yield return terminal.Shown(project).Replace('\\', '/');
            }
        }
    }

    // A project whose tests call no model leaves a runs directory too, and needs no baseline.
    private static bool HasCalls(string runs, PriceCatalog catalog, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            return CostSummaries.Summarize(CostSources.Find([runs], terminal).Latest(), CallFilter.Everything, catalog, terminal, cancellationToken).Totals.Calls > 0;
        }
        catch (CommandFailure)
        {
            return false;
        }
    }
}
