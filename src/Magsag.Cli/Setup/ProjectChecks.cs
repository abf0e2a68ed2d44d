using System.Globalization;
using System.Text.RegularExpressions;

namespace Magsag.Cli.Setup;

/// <summary>Looks at how projects reference Magsag, and whether their code records calls.</summary>
internal static partial class ProjectChecks
{
    private const double OldestFramework = 8.0;

    private static readonly string[] Recorders = ["UseCostTracking", "AddCostTracking", "CostTrackingHandler", "CostTrackingPolicy", "CostTrackingListener", "BatchCosts"];

    public static IEnumerable<SetupCheck> All(string root)
    {
        string[] referencing = [.. RepositoryFiles.Projects(root).Concat(RepositoryFiles.SharedSettings(root)).Where(static path => Reference().IsMatch(RepositoryFiles.ReadTextOrEmpty(path)))];
        yield return referencing.Length > 0
            ? SetupCheck.Ok("package", $"Magsag is referenced in {referencing.Length} {(referencing.Length == 1 ? "file" : "files")}")
            : SetupCheck.Warning("package", "no project references Magsag: dotnet add package Magsag");
        yield return Recording(root);
        foreach (string project in referencing.Where(static path => Path.GetExtension(path) is not (".props" or ".targets")))
        {
            if (TooOld(root, project) is { } framework)
            {
                yield return SetupCheck.Wrong($"target framework of {RepositoryFiles.Name(root, project)}", $"{framework}; the packages are for net8.0 and later, Magsag.Analyzers alone for any");
            }
        }

        if (TestRunner.IsTestingPlatform(root) && referencing.Length > 0 && !referencing.Any(static path => Gate().IsMatch(RepositoryFiles.ReadTextOrEmpty(path))))
        {
            yield return SetupCheck.Warning("Microsoft.Testing.Platform", "global.json chooses it, but no project references Magsag or Magsag.TestingPlatform, which judge its tests: dotnet add package Magsag.TestingPlatform");
        }
    }

    private static SetupCheck Recording(string root)
    {
        HashSet<string> found = [];
        foreach (string text in RepositoryFiles.Sources(root).Select(RepositoryFiles.ReadTextOrEmpty))
        {
            found.UnionWith(Recorders.Where(name => text.Contains(name, StringComparison.Ordinal)));
        }

        return found.Count > 0
            ? SetupCheck.Ok("recording", $"{string.Join(", ", Recorders.Where(found.Contains))} {(found.Count == 1 ? "is" : "are")} in the code")
            : SetupCheck.Warning("recording", "no code records calls: add UseCostTracking() to the client's pipeline, or a handler, policy or listener (docs/recording.md#every-way-in)");
    }

    // What a project doesn't say itself, the nearest shared settings do. A property in the value isn't known here.
    private static string? TooOld(string root, string project)
    {
        for (string? file = project, folder = Path.GetDirectoryName(project); folder is not null && folder.Length >= root.Length; folder = Path.GetDirectoryName(folder), file = Path.Combine(folder ?? root, "Directory.Build.props"))
        {
            if (TargetFrameworks().Match(RepositoryFiles.ReadTextOrEmpty(file)) is { Success: true } match)
            {
                return match.Groups[1].Value.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(IsTooOld);
            }
        }

        return null;
    }

    private static bool IsTooOld(string framework) =>
        framework.StartsWith("netstandard", StringComparison.Ordinal) || framework.StartsWith("netcoreapp", StringComparison.Ordinal)
        || (Version().Match(framework) is { Success: true } match && (!match.Groups[1].Value.Contains('.', StringComparison.Ordinal) || double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) < OldestFramework));

    // The analyzers alone work anywhere.
    [GeneratedRegex("""<(PackageReference|ProjectReference|GlobalPackageReference)\s+Include="([^"]*[/\\])?Magsag(?!\.Analyzers")(\.[A-Za-z.]+)?"?""")]
    private static partial Regex Reference();

    [GeneratedRegex("""Include="([^"]*[/\\])?Magsag(\.TestingPlatform)?(\.csproj)?"|="Magsag"|Magsag\.TestingPlatform""")]
    private static partial Regex Gate();

    [GeneratedRegex("""<TargetFrameworks?>([^<]+)</TargetFrameworks?>""")]
    private static partial Regex TargetFrameworks();

    [GeneratedRegex("""^net(\d+(\.\d+)?)(-|$)""")]
    private static partial Regex Version();
}
