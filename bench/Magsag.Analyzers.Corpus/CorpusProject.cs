using System.Xml.Linq;

namespace Magsag.Analyzers.Corpus;

/// <summary>The C# files of one project, or one file that is a program of its own.</summary>
internal sealed record CorpusProject(string Name, IReadOnlyList<string> Files)
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder; global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Logging;
        global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.Hosting;
        """;

    private XElement? Definition => Directory.Exists(Name) && Directory.EnumerateFiles(Name, "*.csproj").FirstOrDefault() is { } path ? XElement.Load(path) : null;

    /// <summary>Every project below a directory, and every file that belongs to none.</summary>
    public static IReadOnlyList<CorpusProject> FindBelow(string root)
    {
        string[] projects = [.. Directory.GetFiles(root, "*.csproj", SearchOption.AllDirectories).Select(static path => Path.GetDirectoryName(path)!).Distinct().OrderByDescending(static path => path.Length)];
        var files = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Split(Path.DirectorySeparatorChar).Any(static part => part is "obj" or "bin"))
            .GroupBy(path => projects.FirstOrDefault(project => path.StartsWith(project + Path.DirectorySeparatorChar, StringComparison.Ordinal)) ?? path);
        return [.. files.OrderBy(static group => group.Key, StringComparer.Ordinal).Select(static group => new CorpusProject(group.Key, [.. group.Order(StringComparer.Ordinal)]))];
    }

    /// <summary>The directories of the projects that this one references.</summary>
    public IEnumerable<string> FindReferences() => Items("ProjectReference").Select(path => Path.GetDirectoryName(Path.GetFullPath(Path.Combine(Name, path.Replace('\\', '/'))))!);

    /// <summary>The usings that the project's SDK and its project file add to every file.</summary>
    public string CreateGlobalUsings() =>
        ImplicitUsings
        + (((string?)Definition?.Attribute("Sdk"))?.EndsWith(".Web", StringComparison.Ordinal) == true ? " global using Microsoft.AspNetCore.Http; global using Microsoft.AspNetCore.Routing; global using System.Net.Http.Json;" : "")
        + string.Concat(Items("Using").Select(static item => $" global using {item};"));

    private IEnumerable<string> Items(string kind) =>
        Definition?.Descendants().Where(element => element.Name.LocalName == kind && element.Attribute("Static") is null && element.Attribute("Alias") is null).Select(static element => (string?)element.Attribute("Include")).OfType<string>() ?? [];
}
