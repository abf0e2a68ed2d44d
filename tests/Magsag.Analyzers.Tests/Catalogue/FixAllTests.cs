using Magsag.Analyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Magsag.Analyzers.Tests;

/// <summary>One command mends a document, a project of several files, and a solution of several projects.</summary>
public sealed class FixAllTests
{
    private static string Bad(string name) => $"{Verify.Usings}class {name} {{ async Task M(IChatClient c) {{ await {{|MAG001:c.GetResponseAsync(\"a\")|}}; await {{|MAG001:c.GetResponseAsync(\"b\")|}}; }} }}\n";

    private static string Good(string name) => $"{Verify.Usings}class {name} {{ async Task M(IChatClient c) {{ await c.GetResponseAsync(\"a\", new ChatOptions {{ MaxOutputTokens = 500 }}); await c.GetResponseAsync(\"b\", new ChatOptions {{ MaxOutputTokens = 500 }}); }} }}\n";

    [Fact]
    public async Task Of_a_document_a_project_and_a_solution()
    {
        var test = new CSharpCodeFixTest<LlmCallAnalyzer, UncappedCallFix, DefaultVerifier>();
        Verify.Configure(test, []);
        test.TestState.Sources.Add(Bad("A"));
        test.TestState.Sources.Add(Bad("B"));
        test.FixedState.Sources.Add(Good("A"));
        test.FixedState.Sources.Add(Good("B"));
        test.TestState.AdditionalProjects["Other"].Sources.Add(Bad("D"));
        test.FixedState.AdditionalProjects["Other"].Sources.Add(Good("D"));
        test.TestState.AdditionalProjects["Other"].AdditionalReferences.AddRange(SdkReferences.All);
        test.FixedState.AdditionalProjects["Other"].AdditionalReferences.AddRange(SdkReferences.All);

        await test.RunAsync();
    }
}
