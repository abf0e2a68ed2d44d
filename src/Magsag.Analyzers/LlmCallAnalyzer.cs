using System.Collections.Immutable;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Rules;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Settings;
using Magsag.Analyzers.Syntax;
using Magsag.Analyzers.Wrappers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Magsag.Analyzers;

/// <summary>Finds each call to a model once and lets all rules analyze it. Registers nothing where no known SDK is referenced.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LlmCallAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.CreateRange(RuleCatalogue.Descriptors);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // Razor's code is generated, and the user's all the same: whatever isn't mapped back to a file of the user's is passed over.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var index = new NameIndex(start.Compilation);
            var settings = new FileSettings(start.Options.AnalyzerConfigOptionsProvider);
            if (KnownApis.Find(start.Compilation, index, NamesWrappers(start.Compilation, settings)) is not { } apis)
            {
                return;
            }

            // File by file, because that costs nothing where no file names an SDK: actions on nodes or operations make the compiler
            // walk or bind all code of the project. And after the bodies, so that what other analyzers had bound needn't be bound again.
            start.RegisterSemanticModelAction(new CompilationAnalysis(apis, settings, index, new WrapperTracer(start.Compilation, apis, index, new ProjectPipelines(start.Compilation, index), settings)).AnalyzeFile);
        });
    }

    // A team's own wrappers may hide an SDK that the project itself doesn't reference.
    private static bool NamesWrappers(Compilation compilation, FileSettings settings) =>
        compilation.SyntaxTrees.FirstOrDefault() is { } tree && settings.Get(tree).HasCostMethods;
}
