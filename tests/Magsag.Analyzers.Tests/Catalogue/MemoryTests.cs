using System.Runtime.CompilerServices;
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
    public void Code_that_concerns_no_SDK_is_passed_over_without_an_allocation(string code)
    {
        Compilation compilation = CSharpCompilation.Create("Test", [CSharpSyntaxTree.ParseText($"class C {{ void M(string s) {{ {code} }} }}")], SdkReferences.All);
        SyntaxTree tree = compilation.SyntaxTrees.Single();
        SyntaxNode[] nodes = [.. tree.GetRoot().DescendantNodes()];
        KnownApis apis = KnownApis.Find(compilation)!;
        var settings = new SettingsOfFiles(new AnalyzerOptions([]).AnalyzerConfigOptionsProvider);
        var judge = new CallJudge(apis, new PipelineSettings(compilation), settings);
        SemanticModel semantics = compilation.GetSemanticModel(tree);
        Visit(judge, nodes, semantics, 1);
        Visit(null, nodes, semantics, 1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Visit(judge, nodes, semantics, 100);
        long judging = GC.GetAllocatedBytesForCurrentThread() - before;
        Visit(null, nodes, semantics, 100);
        long visiting = GC.GetAllocatedBytesForCurrentThread() - before - judging;

        Assert.Equal(visiting, judging);
    }

    private static void Visit(CallJudge? judge, SyntaxNode[] nodes, SemanticModel semantics, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            foreach (SyntaxNode node in nodes)
            {
#pragma warning disable CS0618 // Whoever counts allocations must be alone with the callbacks.
                var context = new SyntaxNodeAnalysisContext(node, null, semantics, NoOptions, static _ => { }, static _ => true, CancellationToken.None);
#pragma warning restore CS0618
                switch (node)
                {
                    case InvocationExpressionSyntax:
                        judge?.JudgeInvocation(context);
                        break;
                    case ObjectCreationExpressionSyntax:
                        judge?.JudgeCreation(context);
                        break;
                    case AssignmentExpressionSyntax:
                        judge?.JudgeAssignment(context);
                        break;
                    case InterpolatedStringExpressionSyntax:
                        judge?.JudgeText(context);
                        break;
                }
            }
        }
    }

    private static readonly AnalyzerOptions NoOptions = new([]);
}
