using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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

            var judge = new CallJudge(apis, new PipelineSettings(start.Compilation), settings);

            // By syntax, because the compiler would make operations for all code of the project, and nearly all of it calls no model.
            start.RegisterSyntaxNodeAction(judge.JudgeInvocation, SyntaxKind.InvocationExpression);
            start.RegisterSyntaxNodeAction(judge.JudgeCreation, SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression, SyntaxKind.BaseConstructorInitializer, SyntaxKind.PrimaryConstructorBaseType);
            start.RegisterSyntaxNodeAction(judge.JudgeAssignment, SyntaxKind.SimpleAssignmentExpression, SyntaxKind.CoalesceAssignmentExpression);
            start.RegisterSyntaxNodeAction(judge.JudgeText, SyntaxKind.InterpolatedStringExpression);
        });
    }

    // A team's own wrappers may hide an SDK that the project itself doesn't reference.
    private static bool NamesWrappers(Compilation compilation, SettingsOfFiles settings) =>
        compilation.SyntaxTrees.FirstOrDefault() is { } tree && settings.Of(tree).HasCostMethods;
}
