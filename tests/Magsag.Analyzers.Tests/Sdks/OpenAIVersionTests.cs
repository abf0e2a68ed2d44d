using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers.Tests;

/// <summary>The OpenAI client changed its surface between versions; every one of them is understood.</summary>
public sealed class OpenAIVersionTests
{
    private static readonly string Packages = typeof(OpenAIVersionTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "PackagesRoot").Value!;

    [Theory]
    [InlineData("2.1.0")]
    [InlineData("2.10.0")]
    [InlineData("2.14.0")]
    [InlineData("2.15.0")]
    public async Task Chat_is_understood_in_every_version(string version)
    {
        Assert.Equal(["MAG001"], await AnalyzeAsync(version, "c.CompleteChat(\"hi\");"));
        Assert.Equal(["MAG001"], await AnalyzeAsync(version, "await foreach (var u in c.CompleteChatStreamingAsync(\"hi\")) { }"));
        Assert.Empty(await AnalyzeAsync(version, "c.CompleteChat([new OpenAI.Chat.UserChatMessage(\"hi\")], new OpenAI.Chat.ChatCompletionOptions { MaxOutputTokenCount = 5 });"));
        Assert.Equal(["MAG002"], await AnalyzeAsync(version, "var d = new OpenAI.Chat.ChatClient(\"gpt-4o\", \"key\");"));
    }

    [Theory]
    [InlineData("2.10.0")]
    [InlineData("2.14.0")]
    [InlineData("2.15.0")]
    public async Task Responses_are_understood_where_there_are_any(string version)
    {
        Assert.Equal(["MAG001"], await AnalyzeAsync(version, "OpenAI.Responses.ResponsesClient r = null!; await r.CreateResponseAsync(\"gpt-6-luna\", \"hi\");"));
        Assert.Empty(await AnalyzeAsync(version, "OpenAI.Responses.ResponsesClient r = null!; await r.CreateResponseAsync(new OpenAI.Responses.CreateResponseOptions { MaxOutputTokenCount = 5 });"));
    }

    [Theory]
    [InlineData("2.14.0", "await foreach (var u in r.CreateResponseStreamingAsync(\"gpt-6-luna\", \"hi\")) { }")]
    [InlineData("2.15.0", "await foreach (var u in await r.CreateResponseStreamingAsync(\"gpt-6-luna\", \"hi\")) { }")]
    public async Task Streamed_responses_are_understood_as_a_stream_and_as_the_task_of_one(string version, string call) =>
        Assert.Equal(["MAG001"], await AnalyzeAsync(version, "OpenAI.Responses.ResponsesClient r = null!; " + call));

    private static async Task<string[]> AnalyzeAsync(string version, string code)
    {
        string source = $"#pragma warning disable OPENAI001\nclass C {{ async System.Threading.Tasks.Task M(OpenAI.Chat.ChatClient c) {{ await System.Threading.Tasks.Task.Yield(); {code} }} }}";
        ImmutableArray<MetadataReference> references =
        [
            .. SdkReferences.Framework.Where(reference => Path.GetFileName(reference.Display) != "System.ClientModel.dll"),
            MetadataReference.CreateFromFile(Path.Combine(Packages, "system.clientmodel", "1.16.0", "lib", "net8.0", "System.ClientModel.dll")),
            MetadataReference.CreateFromFile(Path.Combine(Packages, "openai", version, "lib", version == "2.1.0" ? "net6.0" : "net8.0", "OpenAI.dll")),
        ];
        Compilation compilation = CSharpCompilation.Create("Version", [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp12))], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return [.. (await compilation.WithAnalyzers([new LlmCallAnalyzer()]).GetAnalyzerDiagnosticsAsync()).Select(diagnostic => diagnostic.Id)];
    }
}
