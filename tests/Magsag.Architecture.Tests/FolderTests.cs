using System.Reflection;
using System.Text.RegularExpressions;

namespace Magsag.Architecture.Tests;

/// <summary>A folder of a project is a feature: namespaces have its name, but for types that apps call, and no two folders depend on each other, directly or by way of others.</summary>
public sealed partial class FolderTests
{
    // Where the compiler, the framework or the pipeline that is extended prescribes the namespace.
    private static readonly string[] Prescribed = ["Microsoft.AspNetCore.Builder", "Microsoft.Build.Framework", "Microsoft.Extensions.AI"];

    private static readonly string Root = typeof(FolderTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static entry => entry.Key == "RepositoryRoot").Value!;

    public static TheoryData<string> Projects => [.. ProjectNames()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespaces_follow_folders(string project) => Assert.Empty(Misplaced(project));

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folders_depend_on_each_other(string project) => Assert.Empty(Cycles(project));

    private static IEnumerable<string> ProjectNames() => Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .Select(static file => Path.GetFileNameWithoutExtension(file))
        .Where(static project => new SourceFolders(Root, project).Files.Count > 0)
        .Order(StringComparer.Ordinal);

    private static IReadOnlyList<string> Cycles(string project) =>
        FolderGraph.Read(Path.Combine(AppContext.BaseDirectory, $"{AssemblyName(project)}.dll"), new SourceFolders(Root, project)).Cycles();

    private static string AssemblyName(string project) => project == "Magsag.Cli" ? "magsag" : project;

    private static IEnumerable<string> Misplaced(string project)
    {
        var folders = new SourceFolders(Root, project);
        foreach (string file in folders.Files)
        {
            string source = File.ReadAllText(file);
            string expected = folders.FolderOf(file) is { Length: > 0 } folder ? $"{project}.{folder}" : project;
            string found = Namespace().Match(source) is { Success: true } match ? match.Groups[1].Value : expected;
            if (found != expected && !Prescribed.Contains(found) && !(found == project && PublicType().IsMatch(source)))
            {
                yield return $"{Path.GetRelativePath(Root, file)}: {found} instead of {expected}";
            }
        }
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^public ", RegexOptions.Multiline)]
    private static partial Regex PublicType();
}
