using Magsag.Analyzers.CodeFixes;
using Magsag.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Magsag.Analyzers.Tests;

/// <summary>Runs the analyzer and its fixes over source with markup: <c>{|MAG001:…|}</c> is where a squiggle must be, and there must be no other.</summary>
internal static class Verify
{
    private static readonly ReferenceAssemblies None = new("net10.0");

    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;
        using Microsoft.Extensions.Caching.Distributed;
        using OpenAI;
        using OpenAI.Chat;
        using OpenAI.Embeddings;
        using OpenAI.Responses;
        using ChatMessage = Microsoft.Extensions.AI.ChatMessage;
        using EmbeddingGenerationOptions = Microsoft.Extensions.AI.EmbeddingGenerationOptions;
        #pragma warning disable OPENAI001, MEAI001

        """;

    /// <summary>Squiggles exactly where the markup says.</summary>
    public static async Task DiagnosticsAsync(string source, params (string Key, string Value)[] settings)
    {
        var test = new CSharpAnalyzerTest<LlmCallAnalyzer, DefaultVerifier>();
        Configure(test, settings);
        test.TestCode = Usings + source;
        await test.RunAsync();
        await Adversity.OfDiagnosticsAsync(Usings + source, settings);
    }

    /// <summary>Squiggles exactly where the markup says, in several files.</summary>
    public static async Task FilesAsync(params string[] sources)
    {
        var test = new CSharpAnalyzerTest<LlmCallAnalyzer, DefaultVerifier>();
        Configure(test, []);
        foreach (string source in sources)
        {
            test.TestState.Sources.Add(Usings + source);
        }

        await test.RunAsync();
    }

    /// <summary>Squiggles exactly where the markup says, in a file that brings its own usings and may use every SDK.</summary>
    public static async Task InEverySdkAsync(string source, params (string Key, string Value)[] settings)
    {
        await RunAsync(WithEverySdk(new CSharpAnalyzerTest<LlmCallAnalyzer, DefaultVerifier>(), settings), source);
        await Adversity.OfEverySdkAsync(source, settings);
    }

    /// <summary>The fix gives exactly this code, in a file that brings its own usings and may use every SDK.</summary>
    public static async Task FixInEverySdkAsync<TFix>(string source, string fixedSource, params (string Key, string Value)[] settings)
        where TFix : DocumentFix, new()
    {
        await RunAsync(WithEverySdk(new CSharpCodeFixTest<LlmCallAnalyzer, TFix, DefaultVerifier> { FixedCode = fixedSource }, settings), source);
        await Adversity.OfFixAsync<TFix>(source, SdkReferences.EverySdk, settings);
    }

    private static AnalyzerTest<DefaultVerifier> WithEverySdk(AnalyzerTest<DefaultVerifier> test, (string Key, string Value)[] settings)
    {
        Configure(test, settings);
        test.TestState.AdditionalReferences.Clear();
        test.TestState.AdditionalReferences.AddRange(SdkReferences.EverySdk);
        return test;
    }

    private static Task RunAsync(AnalyzerTest<DefaultVerifier> test, string source)
    {
        test.TestCode = source;
        return test.RunAsync();
    }

    /// <summary>The one diagnostic's message.</summary>
    public static async Task MessageAsync(string source, string id, string message, params (string Key, string Value)[] settings)
    {
        var test = new CSharpAnalyzerTest<LlmCallAnalyzer, DefaultVerifier>();
        Configure(test, settings);
        test.TestCode = Usings + source;
        test.ExpectedDiagnostics.Add(new DiagnosticResult(id, RuleCatalogue.Descriptors.Single(rule => rule.Id == id).DefaultSeverity).WithLocation(0).WithMessage(message).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));
        test.MarkupOptions = MarkupOptions.UseFirstDescriptor;
        await test.RunAsync();
    }

    /// <summary>The fix gives exactly this code, which compiles; fixing all at once gives the same.</summary>
    public static async Task FixAsync<TFix>(string source, string fixedSource, params (string Key, string Value)[] settings)
        where TFix : DocumentFix, new()
    {
        var test = new CSharpCodeFixTest<LlmCallAnalyzer, TFix, DefaultVerifier>();
        Configure(test, settings);
        test.TestCode = Usings + source;
        test.FixedCode = Usings + fixedSource;
        await test.RunAsync();
        await Adversity.OfFixAsync<TFix>(Usings + source, SdkReferences.All, settings);
    }

    /// <summary>The squiggle has no fix.</summary>
    public static Task NoFixAsync<TFix>(string source)
        where TFix : DocumentFix, new() => FixAsync<TFix>(source, source);

    public static void Configure(AnalyzerTest<DefaultVerifier> test, (string Key, string Value)[] settings)
    {
        test.ReferenceAssemblies = None;
        test.TestState.AdditionalReferences.AddRange(SdkReferences.All);
        test.CompilerDiagnostics = CompilerDiagnostics.Errors;
        test.SolutionTransforms.Add(static (solution, project) => solution.WithProjectCompilationOptions(project, solution.GetProject(project)!.CompilationOptions!.WithSpecificDiagnosticOptions([new("MEAI001", ReportDiagnostic.Suppress)])));
        test.SolutionTransforms.Add(static (solution, project) => solution.WithProjectParseOptions(project, ((CSharpParseOptions)solution.GetProject(project)!.ParseOptions!).WithLanguageVersion(LanguageVersion.CSharp12)));
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", ConfigOf(settings)));
    }

    /// <summary>The settings as an <c>.editorconfig</c>. Announced retirements are left out unless a test is about them: they come with each catalogue.</summary>
    public static string ConfigOf(IEnumerable<(string Key, string Value)> settings) =>
        "root = true\n\n[*.cs]\nmagsag.retirement_notice_days = 0\n" + string.Concat(settings.Select(static setting => $"{setting.Key} = {setting.Value}\n"));
}
