using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers.Tests;

public sealed class RobustnessTests
{
    private static readonly string Root = typeof(RobustnessTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    // Both compilers see every file whole; of what was done to it each sees its half.
#if NEWEST_ROSLYN
    private const int Half = 1;
#else
    private const int Half = 0;
#endif

    private const string Source = """
        using System; using System.Collections.Generic; using System.Linq; using System.Threading.Tasks;
        using Microsoft.Extensions.AI; using OpenAI; using OpenAI.Chat;

        class C
        {
            private readonly ChatOptions _options = new() { Temperature = 0 };
            private readonly ChatClient _chat = new ChatClient("gpt-4o", "key");

            async Task M(IChatClient c, List<string> items)
            {
                var local = new ChatOptions();
                foreach (var item in items)
                {
                    await c.GetResponseAsync(item, local with { });
                    await c.GetResponseAsync(item, _options);
                    await _chat.CompleteChatAsync(item);
                    await Task.WhenAll(items.Select(x => c.GetResponseAsync(x, Make())));
                }
            }

            static ChatOptions Make() => DateTime.Now.Hour switch { > 3 => new() { MaxOutputTokens = 3 }, _ => new() };
        }
        """;

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string source, ImmutableArray<MetadataReference> references, string path = "Test.cs")
    {
        SyntaxTree tree = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp12), path);
        Compilation compilation = CSharpCompilation.Create("Test", [tree], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return await compilation.WithAnalyzers([new LlmCallAnalyzer()]).GetAnalyzerDiagnosticsAsync();
    }

    [Fact]
    public async Task Code_that_breaks_off_anywhere_never_crashes_the_analyzer()
    {
        int[] ends = [.. CSharpSyntaxTree.ParseText(Source).GetRoot().DescendantTokens().Select(token => token.Span.End).Where((_, index) => index % 3 == 0)];

        foreach (int end in ends)
        {
            ImmutableArray<Diagnostic> found = await AnalyzeAsync(Source[..end], SdkReferences.All);
            Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "AD0001");
        }
    }

    public static TheoryData<string> Sources => [.. new[] { "src", "samples", "bench" }
        .Select(folder => Path.Combine(Root, folder))
        .SelectMany(folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories))
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .GroupBy(path => path[..Math.Min(path.Length, Root.Length + 12)])
        .SelectMany(group => group.Order(StringComparer.Ordinal).Chunk(40))
        .Select(chunk => string.Join('|', chunk.Select(path => Path.GetRelativePath(Root, path))))];

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task No_file_of_the_project_crashes_the_analyzer_whole_or_mutated(string paths)
    {
        foreach (string path in paths.Split('|'))
        {
            string source = await File.ReadAllTextAsync(Path.Combine(Root, path));
            foreach (string mutant in Mutants(source, path))
            {
                ImmutableArray<Diagnostic> found = await AnalyzeMutantAsync(mutant, SdkReferences.All);
                Assert.True(found.All(diagnostic => diagnostic.Id != "AD0001"), $"{path}: {found.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001")}\n{mutant}");
            }
        }
    }

    [Fact]
    public async Task No_rules_own_cases_crash_it_when_their_tokens_are_swapped_or_lost()
    {
        foreach (string path in Directory.GetFiles(Path.Combine(Root, "samples", "Squiggles"), "MAG*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string source = await File.ReadAllTextAsync(path);
            SyntaxToken[] tokens = [.. CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens()];
            for (int index = 2 * Half; index + 1 < tokens.Length; index += 4)
            {
                string mutant = index % 8 < 4
                    ? source.Remove(tokens[index].Span.Start, tokens[index].Span.Length)
                    : source[..tokens[index].Span.Start] + tokens[index + 1].Text + source[tokens[index].Span.End..tokens[index + 1].Span.Start] + tokens[index].Text + source[tokens[index + 1].Span.End..];
                ImmutableArray<Diagnostic> found = await AnalyzeMutantAsync(mutant, SdkReferences.All);
                Assert.True(found.All(diagnostic => diagnostic.Id != "AD0001"), $"{found.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001")}\n{mutant}");
            }
        }
    }

    [SdkSamplesFact]
    public async Task No_sample_of_an_SDK_crashes_it_whole_broken_off_or_mutated()
    {
        string[] samples = Directory.GetFiles(SdkSamplesFactAttribute.Directory!, "*.cs", SearchOption.AllDirectories);

        Assert.NotEmpty(samples);
        foreach (string path in samples)
        {
            string source = await File.ReadAllTextAsync(path);
            IEnumerable<string> brokenOff = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Where((_, index) => index % 14 == 7 * Half).Select(token => source[..token.Span.End]);
            foreach (string mutant in Mutants(source, Path.GetFileName(Path.GetDirectoryName(path)!)).Concat(brokenOff))
            {
                ImmutableArray<Diagnostic> found = await AnalyzeMutantAsync(mutant, SdkReferences.EverySdk);
                Assert.True(found.All(diagnostic => diagnostic.Id != "AD0001"), $"{path}: {found.FirstOrDefault(diagnostic => diagnostic.Id == "AD0001")}\n{mutant}");
            }
        }
    }

    // The oldest supported compiler itself breaks on some of what nobody would write; an analyzer's own failure is a diagnostic.
    private static async Task<ImmutableArray<Diagnostic>> AnalyzeMutantAsync(string mutant, ImmutableArray<MetadataReference> references)
    {
        try
        {
            return await AnalyzeAsync(mutant, references);
        }
        catch (NullReferenceException error) when (error.StackTrace?.Contains("Microsoft.CodeAnalysis.CSharp.Binder.", StringComparison.Ordinal) == true)
        {
            return [];
        }
    }

    // The file itself, and one that breaks off or one that lost every seventeenth token; the same on every machine.
    private static IEnumerable<string> Mutants(string source, string path)
    {
        yield return source;
        int sum = path.Sum(static letter => letter), cut = sum % Math.Max(1, source.Length);
        yield return sum % 2 == Half
            ? source[..cut]
            : string.Concat(CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Where((_, index) => (index + cut) % 17 != 0).Select(static token => token.ToFullString()));
    }

    [Fact]
    public async Task Without_an_SDK_there_is_silence() =>
        Assert.Empty(await AnalyzeAsync(Source, SdkReferences.Framework));

    [Fact]
    public async Task Generated_code_is_left_alone()
    {
        Assert.NotEmpty(await AnalyzeAsync(Source, SdkReferences.All));
        Assert.Empty(await AnalyzeAsync("// <auto-generated/>\n" + Source, SdkReferences.All));
        Assert.Empty(await AnalyzeAsync(Source, SdkReferences.All, "Test.g.cs"));
    }

    [Fact]
    public void The_supported_rules_are_one_and_the_same_list_every_time()
    {
        var analyzer = new LlmCallAnalyzer();

        Assert.True(analyzer.SupportedDiagnostics == analyzer.SupportedDiagnostics);
    }
}
