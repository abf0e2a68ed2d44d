using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Magsag.Analyzers.Tests;

/// <summary>Calls are found wherever C# lets them stand.</summary>
public sealed class ProjectShapeTests
{
    [Fact]
    public Task Top_level_statements() => ProgramAsync("""
        IChatClient client = new ChatClient({|MAG002:"gpt-4o"|}, "key").AsIChatClient();
        var options = new ChatOptions();
        foreach (string line in args)
        {
            await {|MAG001:{|MAG003:client.GetResponseAsync(line, options)|}|};
        }

        await AskAsync();
        async Task AskAsync() => await {|MAG001:client.GetResponseAsync("hi")|};
        """);

    [Fact]
    public Task A_class_in_parts_whose_options_another_part_may_change() => Verify.FilesAsync(
        """
        partial class C
        {
            private readonly ChatOptions _options = new();
            async Task M(IChatClient c)
            {
                await c.GetResponseAsync("hi", _options);
                await {|MAG001:c.GetResponseAsync("hi")|};
            }
        }
        """,
        "partial class C { public C() => _options.MaxOutputTokens = 5; }");

    [Theory]
    [InlineData("public Task Ask { get { return {|MAG001:Client.GetResponseAsync(\"hi\")|}; } }")]
    [InlineData("public Task Ask => {|MAG001:Client.GetResponseAsync(\"hi\")|};")]
    [InlineData("public Task Ask { get; } = {|MAG001:Client.GetResponseAsync(\"hi\")|};")]
    [InlineData("private readonly Lazy<Task> _ask = new(() => {|MAG001:Client.GetResponseAsync(\"hi\")|});")]
    [InlineData("public C() { _ = {|MAG001:Client.GetResponseAsync(\"hi\")|}; }")]
    [InlineData("public static implicit operator Task(C c) => {|MAG001:Client.GetResponseAsync(\"hi\")|};")]
    [InlineData("public event Action Asked { add { _ = {|MAG001:Client.GetResponseAsync(\"hi\")|}; } remove { } }")]
    public Task Members_of_every_kind(string member) => Verify.DiagnosticsAsync($"class C\n{{\n    private static readonly IChatClient Client = null!;\n    {member}\n}}\n");

    private static Task ProgramAsync(string source)
    {
        var test = new CSharpAnalyzerTest<LlmCallAnalyzer, DefaultVerifier>();
        Verify.Configure(test, []);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        test.TestCode = Verify.Usings + source;
        return test.RunAsync();
    }
}
