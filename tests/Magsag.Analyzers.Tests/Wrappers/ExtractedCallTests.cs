using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers.Tests;

/// <summary>The same program has the same findings in the loop, wherever the call to the model stands.</summary>
public sealed class ExtractedCallTests
{
    // The loop, the call in it, and what is found.
    public static TheoryData<string, string, string, string> Programs => new()
    {
        { "foreach (var x in items) Use(await ASK(x));", "chat.GetResponseAsync(\"Tag: \" + text)", "chat.GetResponseAsync(\"Tag: \" + x)", "MAG003" },
        { "foreach (var x in items) Use(await ASK(x));", "vectors.GenerateVectorAsync(text + \".\")", "vectors.GenerateVectorAsync(x + \".\")", "MAG004" },
        { "foreach (var x in items) Use(await ASK(\"rules\"));", "chat.GetResponseAsync(text)", "chat.GetResponseAsync(\"rules\")", "MAG020" },
        { "await Task.WhenAll(items.Select(async x => await ASK(x)));", "chat.GetResponseAsync(text)", "chat.GetResponseAsync(x)", "MAG003" },
        { "while (queue.TryDequeue(out var x)) Use(await ASK(x));", "chat.GetResponseAsync(text)", "chat.GetResponseAsync(x)", "MAG003" },
        { "var last = \"\"; foreach (var x in items) last = (await ASK(last + x)).ToString();", "chat.GetResponseAsync(text)", "chat.GetResponseAsync(last + x)", "" },
        { "while (true) Use(await ASK(Console.ReadLine()));", "chat.GetResponseAsync(text)", "chat.GetResponseAsync(Console.ReadLine())", "" },
        { "foreach (var x in items) { try { Use(await ASK(x)); break; } catch (TimeoutException) { } }", "chat.GetResponseAsync(text)", "chat.GetResponseAsync(x)", "" },
        { "foreach (var x in new[] { \"a\", \"b\" }) Use(await ASK(x));", "chat.GetResponseAsync(text)", "chat.GetResponseAsync(x)", "" },
    };

    private const string Usings = "using System; using System.Collections.Generic; using System.Linq; using System.Threading.Tasks; using Microsoft.Extensions.AI; using OpenAI.Chat;\n";

    private static string Loop(string loop, string ask, string members = "", string chat = "IChatClient chat, IEmbeddingGenerator<string, Embedding<float>> vectors") => Usings + $$"""
        public sealed class Loops({{chat}})
        {
            public async Task RunAsync(List<string> items, Queue<string> queue)
            {
                {{loop.Replace("await ASK(", ask, StringComparison.Ordinal)}}
            }

            private static void Use(object answer) => Console.WriteLine(answer);
            {{members}}
        }
        """;

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_call_is_judged_alike_inline_and_in_methods_and_files_of_its_own(string loop, string call, string inline, string expected)
    {
        string asked = loop[(loop.IndexOf("ASK(", StringComparison.Ordinal) + 4)..];
        string argument = asked[..ArgumentEnd(asked)];
        string method = $"private async Task<object> CallAsync(string text) => await {call};";

        Assert.Equal(expected, await FindAsync(Loop(loop.Replace($"ASK({argument})", inline, StringComparison.Ordinal), "")));
        Assert.Equal(expected, await FindAsync(Loop(loop, "await CallAsync(", method)));
        Assert.Equal(expected, await FindAsync(Loop(loop, "await OuterAsync(", method + "\nprivate async Task<object> OuterAsync(string question) { var answer = await CallAsync(question); return answer; }")));
        Assert.Equal(expected, await FindAsync(Loop(loop, "await asker.CallAsync(", chat: "IAsker asker"), Asker(call)));
    }

    [Theory]
    [InlineData("[CostlyCall] ", "MAG003")]
    [InlineData("", "")]
    public async Task A_method_of_another_project_is_known_by_its_mark(string mark, string expected)
    {
        string library = $"public sealed class CostlyCallAttribute : Attribute {{ }} public sealed class Asker(IChatClient chat) {{ {mark}public async Task<string> CallAsync(string text) => (await chat.GetResponseAsync(text)).Text; }}";
        using var assembly = new MemoryStream();
        Assert.True(CompilationOf("Library", SdkReferences.All, Usings + library).Emit(assembly).Success);
        ImmutableArray<MetadataReference> references = SdkReferences.All.Add(MetadataReference.CreateFromImage(assembly.ToArray()));

        Assert.Equal(expected, await FindAsync(references, Loop("foreach (var x in items) Use(await ASK(x));", "await asker.CallAsync(", chat: "Asker asker")));
    }

    [Fact]
    public async Task A_method_three_calls_away_is_not_followed() => Assert.Equal("", await FindAsync(Loop(
        "foreach (var x in items) Use(await ASK(x));",
        "await A(",
        "Task<object> A(string x) => B(x); Task<object> B(string x) => C(x); async Task<object> C(string x) => await chat.GetResponseAsync(x);")));

    [Fact]
    public async Task Methods_that_call_each_other_end() => Assert.Equal("", await FindAsync(Loop(
        "foreach (var x in items) Use(await ASK(x));",
        "await A(",
        "async Task<object> A(string x) => x.Length > 3 ? await B(x) : x; async Task<object> B(string x) => x.Length > 5 ? await A(x) : await B(x); async Task<object> C(string x) => await A((await chat.GetResponseAsync(x)).Text);")));

    private static string Asker(string call) => Usings + $$"""
        public interface IAsker { Task<object> CallAsync(string text); }
        internal sealed class Asker(IChatClient chat, IEmbeddingGenerator<string, Embedding<float>> vectors) : IAsker
        {
            public async Task<object> CallAsync(string text) => await {{call}};
        }
        """;

    private static int ArgumentEnd(string text)
    {
        int depth = 0;
        return text.TakeWhile(letter => (depth += letter switch { '(' => 1, ')' => -1, _ => 0 }) >= 0).Count();
    }

    private static Task<string> FindAsync(params string[] sources) => FindAsync(SdkReferences.All, sources);

    // The findings of rules about loops, by the line of the loop.
    private static async Task<string> FindAsync(ImmutableArray<MetadataReference> references, params string[] sources)
    {
        Compilation compilation = CompilationOf("Case", references, sources);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new LlmCallAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Diagnostic[] inLoops = [.. found.Where(diagnostic => diagnostic.Id is "MAG003" or "MAG004" or "MAG020")];
        Assert.All(inLoops, diagnostic => Assert.Equal((0, "/0.cs"), (Math.Abs(diagnostic.Location.GetLineSpan().StartLinePosition.Line - 5), diagnostic.Location.SourceTree!.FilePath)));
        return string.Join(' ', inLoops.Select(diagnostic => diagnostic.Id));
    }

    private static CSharpCompilation CompilationOf(string name, ImmutableArray<MetadataReference> references, params string[] sources) => CSharpCompilation.Create(
        name,
        sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp12), $"/{index}.cs")),
        references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
