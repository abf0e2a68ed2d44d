using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using Magsag.Analyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Magsag.Analyzers.Tests;

/// <summary>Files of code as people write it: a comment <c>expected MAG001</c> stands on every line with a finding of the rules that the first line names.</summary>
public sealed partial class CaseTests
{
    // How often a file is cut, spread over its tokens.
    private const int Cuts = 20;

    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly string Folder = Path.Combine(typeof(CaseTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!, "tests", "Magsag.Analyzers.Tests", "Cases");

    private static readonly DocumentFix[] Fixes = [.. typeof(DocumentFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DocumentFix)) && !type.IsAbstract).Select(type => (DocumentFix)Activator.CreateInstance(type)!)];

    public static TheoryData<string> Cases => [.. Directory.GetFiles(Folder, "*.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Findings_are_where_the_case_expects_them_and_every_fix_compiles(string file)
    {
        using var workspace = new AdhocWorkspace();
        Document document = DocumentOf(workspace, await File.ReadAllTextAsync(Path.Combine(Folder, file)));
        string[] lines = (await document.GetTextAsync()).ToString().Split('\n');
        HashSet<string> judged = [.. RuleIds().Matches(lines[0]).Select(match => match.Value)];
        string[] expected = [.. lines.SelectMany((line, index) => Expectations().Match(line) is { Success: true } match ? RuleIds().Matches(match.Value).Select(id => $"{index + 1}: {id.Value}") : [])];
        await AssertCompilesAsync(document);

        ImmutableArray<Diagnostic> found = await AnalyzeAsync(document);

        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Where(diagnostic => judged.Contains(diagnostic.Id)).Select(diagnostic => $"{diagnostic.Location.GetLineSpan().StartLinePosition.Line + 1}: {diagnostic.Id}").Order(StringComparer.Ordinal));
        foreach (DocumentFix fix in Fixes)
        {
            Diagnostic[] fixable = [.. found.Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id))];
            await AssertCompilesAsync(fixable.Length == 0 ? document : await fix.ApplyAsync(document, fixable, CancellationToken.None));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_case_that_breaks_off_anywhere_never_crashes_the_analyzer(string file)
    {
        using var workspace = new AdhocWorkspace();
        Document document = DocumentOf(workspace, await File.ReadAllTextAsync(Path.Combine(Folder, file)));
        SourceText text = await document.GetTextAsync();
        int[] ends = [.. (await document.GetSyntaxRootAsync())!.DescendantTokens().Select(token => token.Span.End)];

        foreach (int end in ends.Where((_, index) => index % (ends.Length / Cuts + 1) == 0))
        {
            ImmutableArray<Diagnostic> found = await AnalyzeAsync(document.WithText(text.GetSubText(new TextSpan(0, end))));
            Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "AD0001");
        }
    }

    private static async Task AssertCompilesAsync(Document document) =>
        Assert.Empty((await document.Project.GetCompilationAsync())!.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Document document) =>
        await (await document.Project.GetCompilationAsync())!.WithAnalyzers([new LlmCallAnalyzer()]).GetAnalyzerDiagnosticsAsync();

    private static Document DocumentOf(AdhocWorkspace workspace, string source) => workspace.AddProject("Case", LanguageNames.CSharp)
        .WithMetadataReferences(SdkReferences.EverySdk)
        .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, specificDiagnosticOptions: [new("MEAI001", ReportDiagnostic.Suppress)]))
        .WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp12))
        .AddDocument("Usings.cs", SourceText.From(ImplicitUsings), filePath: "/Usings.cs").Project
        .AddDocument("Case.cs", SourceText.From(source), filePath: "/Case.cs");

    [GeneratedRegex("MAG[0-9]{3}")]
    private static partial Regex RuleIds();

    [GeneratedRegex("// expected .*")]
    private static partial Regex Expectations();
}
