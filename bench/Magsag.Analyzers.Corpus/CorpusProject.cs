using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers.Corpus;

/// <summary>The C# files of one project, compiled against the SDKs that this program references: what doesn't bind stays unknown, as in an editor.</summary>
internal sealed record CorpusProject(string Name, IReadOnlyList<string> Files)
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder; global using Microsoft.Extensions.DependencyInjection; global using Microsoft.Extensions.Logging;
        global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.Hosting;
        """;

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => !Path.GetFileName(path).StartsWith("Magsag.", StringComparison.Ordinal))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly CSharpParseOptions Parsing = new CSharpParseOptions(LanguageVersion.Preview).WithFeatures([new("FileBasedProgram", "true")]);

    public AnalyzerOptions Options { get; } = new([]);

    /// <summary>Every project below a directory, and every file with top-level statements that belongs to none.</summary>
    public static IEnumerable<CorpusProject> FindBelow(string root)
    {
        string[] projects = [.. Directory.GetFiles(root, "*.csproj", SearchOption.AllDirectories).Select(static path => Path.GetDirectoryName(path)!).Distinct().OrderByDescending(static path => path.Length)];
        var files = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Split(Path.DirectorySeparatorChar).Any(static part => part is "obj" or "bin"))
            .GroupBy(path => projects.FirstOrDefault(project => path.StartsWith(project + Path.DirectorySeparatorChar, StringComparison.Ordinal)) ?? path);
        foreach (IGrouping<string, string> group in files.OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            yield return new CorpusProject(group.Key, [.. group.Order(StringComparer.Ordinal)]);
        }
    }

    public Compilation Compile()
    {
        IEnumerable<SyntaxTree> trees = Files.Select(static path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), Parsing, path, Encoding.UTF8));
        bool isProgram = trees.Any(static tree => tree.GetRoot().ChildNodes().OfType<Microsoft.CodeAnalysis.CSharp.Syntax.GlobalStatementSyntax>().Any());
        return CSharpCompilation.Create(
            Path.GetFileName(Name),
            [CSharpSyntaxTree.ParseText(ImplicitUsings, Parsing), .. trees],
            References,
            new CSharpCompilationOptions(isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }
}
