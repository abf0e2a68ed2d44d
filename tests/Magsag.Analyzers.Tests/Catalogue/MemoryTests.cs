using System.Runtime.CompilerServices;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Settings;
using Magsag.Analyzers.Syntax;
using Magsag.Analyzers.Wrappers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers.Tests;

public sealed class MemoryTests
{
    private const string Source = "using Microsoft.Extensions.AI; class C { async System.Threading.Tasks.Task M(IChatClient c) { await c.GetResponseAsync(\"hi\"); } }";

    [Fact]
    public async Task Nothing_keeps_a_compilation_alive_after_it_was_analysed()
    {
        var analyzer = new LlmCallAnalyzer();

        WeakReference compilation = await AnalyzeAsync(analyzer);

        for (int attempt = 0; attempt < 20 && compilation.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(compilation.IsAlive);
        GC.KeepAlive(analyzer);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference> AnalyzeAsync(DiagnosticAnalyzer analyzer)
    {
        Compilation compilation = CSharpCompilation.Create("Test", [CSharpSyntaxTree.ParseText(Source)], SdkReferences.All, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Single(await compilation.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync());
        return new WeakReference(compilation);
    }

    [Theory]
    [InlineData("System.Console.WriteLine(s.Trim());")]
    [InlineData("var u = new System.Uri(s);")]
    [InlineData("s = s + 1;")]
    [InlineData("s = $\"{s.Length} of {s}\";")]
    public void A_file_that_names_no_SDK_is_passed_over_without_an_allocation(string code)
    {
        (CompilationAnalysis analysis, _, SemanticModel semantics) = Prepare($"class C {{ void M(string s) {{ {code} }} }}");
        SemanticModelAnalysisContext file = ContextOf(semantics);

        Assert.Equal(0, AllocatedBy(() => analysis.AnalyzeFile(file)));
    }

    [Theory]
    [InlineData("System.Console.WriteLine(s.Trim());")]
    [InlineData("var u = new System.Uri(s);")]
    [InlineData("s = s + 1;")]
    [InlineData("s = $\"{s.Length} of {s}\";")]
    public void Code_beside_a_call_is_passed_over_without_an_allocation(string code)
    {
        (_, WrapperTracer wrappers, SemanticModel semantics) = Prepare($"using Microsoft.Extensions.AI; class C {{ async void M(IChatClient c, string s) {{ await c.GetResponseAsync(s); {code} }} }}");
        Action<SyntaxNode> analyze = new FileAnalysis(ContextOf(semantics), wrappers.GetContext(semantics, CancellationToken.None), wrappers).Analyze;
        SyntaxNode[] nodes = [.. semantics.SyntaxTree.GetRoot().DescendantNodes().Where(node => node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResponseAsync" } })];

        Assert.Equal(0, AllocatedBy(() => Array.ForEach(nodes, analyze)));
    }

    private static (CompilationAnalysis Analysis, WrapperTracer Wrappers, SemanticModel Semantics) Prepare(string source)
    {
        Compilation compilation = CSharpCompilation.Create("Test", [CSharpSyntaxTree.ParseText(source)], SdkReferences.All);
        SemanticModel semantics = compilation.GetSemanticModel(compilation.SyntaxTrees.Single());
        var index = new NameIndex(compilation);
        KnownApis apis = KnownApis.Find(compilation, index)!;
        var settings = new FileSettings(NoOptions.AnalyzerConfigOptionsProvider);
        var wrappers = new WrapperTracer(compilation, apis, index, new ProjectPipelines(compilation, index), settings);
        return (new CompilationAnalysis(apis, settings, index, wrappers), wrappers, semantics);
    }

    private static SemanticModelAnalysisContext ContextOf(SemanticModel semantics)
    {
#pragma warning disable CS0618 // Whoever counts allocations must be alone with the callbacks.
        return new SemanticModelAnalysisContext(semantics, NoOptions, static _ => { }, static _ => true, CancellationToken.None);
#pragma warning restore CS0618
    }

    // The least of a few rounds: the compiler itself holds some nodes weakly, and makes them again after a collection.
    private static long AllocatedBy(Action action) => Enumerable.Range(0, 6).Min(_ =>
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    });

    private static readonly AnalyzerOptions NoOptions = new([]);
}
