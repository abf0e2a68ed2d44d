using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers;

/// <summary>Understands each call to a model once and lets all rules judge it. Registers nothing where no known SDK is referenced.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LlmCallAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.CreateRange(RuleCatalogue.All.Select(static rule => rule.Descriptor));

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var settings = new SettingsOfFiles(start.Options.AnalyzerConfigOptionsProvider);
            if (KnownApis.Find(start.Compilation, NamesWrappers(start.Compilation, settings)) is not { } apis)
            {
                return;
            }

            // File by file, because it costs nothing where nobody names an SDK: actions on nodes or operations make the compiler
            // walk or bind all code of the project. And after the bodies, so that what other analyzers had bound needn't be bound again.
            start.RegisterSemanticModelAction(new ProjectJudge(apis, new PipelineSettings(start.Compilation), settings).JudgeFile);
        });
    }

    // A team's own wrappers may hide an SDK that the project itself doesn't reference.
    private static bool NamesWrappers(Compilation compilation, SettingsOfFiles settings) =>
        compilation.SyntaxTrees.FirstOrDefault() is { } tree && settings.Of(tree).HasCostMethods;
}
