using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

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
            if (KnownApis.Find(start.Compilation, NamesWrappers(start.Compilation, start.Options)) is not { } apis)
            {
                return;
            }

            var pipelines = new PipelineSettings(start.Compilation);
            start.RegisterOperationAction(operation => JudgeInvocation(operation, apis, pipelines), OperationKind.Invocation);
            start.RegisterOperationAction(operation => JudgeModel(operation, apis, ModelSites.ValueOf((IArgumentOperation)operation.Operation, apis)), OperationKind.Argument);
            start.RegisterOperationAction(operation => JudgeModel(operation, apis, ModelSites.ValueOf((IAssignmentOperation)operation.Operation, apis)), OperationKind.SimpleAssignment, OperationKind.CoalesceAssignment);
            start.RegisterOperationAction(JudgeText, OperationKind.InterpolatedString);
        });
    }

    private static void JudgeInvocation(OperationAnalysisContext context, KnownApis apis, PipelineSettings pipelines)
    {
        var invocation = (IInvocationOperation)context.Operation;
        bool loops = apis.ToolLoopOf(invocation.TargetMethod) is not null;
        AnalyzerSettings settings = SettingsOf(context);
        LlmCall? call = LlmCall.TryCreate(invocation, apis, settings, context.CancellationToken);
        if (call is null && !loops)
        {
            return;
        }

        var rules = new RuleContext(apis, pipelines, settings, context.CancellationToken);
        foreach (IInvocationRule rule in loops ? RuleCatalogue.OfInvocations : [])
        {
            Report(context, rule.Judge(invocation, rules));
        }

        if (call is null || MayBeFree(call, pipelines))
        {
            return;
        }

        foreach (ICallRule rule in RuleCatalogue.OfCalls)
        {
            Report(context, rule.Judge(call, rules));
        }
    }

    // A client that the project implements itself, one of unknown origin, or for a model that nobody sells, in code that talks to servers on the machine itself.
    private static bool MayBeFree(LlmCall call, PipelineSettings pipelines) =>
        call.Receiver.IsOwn
        || (!call.Receiver.IsComplete && pipelines.MakesFreeClients)
        || ((!call.Receiver.IsComplete || ModelPrices.Find(call.Model) is null) && pipelines.NamesLocalServer(call.Operation.Syntax.SyntaxTree));

    private static void JudgeModel(OperationAnalysisContext context, KnownApis apis, IOperation? value)
    {
        if (value is null)
        {
            return;
        }

        AnalyzerSettings settings = SettingsOf(context);
        foreach (IOperation named in ModelSites.DefaultsOf(value))
        {
            if (Constants.ModelOf(named, apis) is not { } id)
            {
                continue;
            }

            var model = new NamedModel(id, named.Syntax.GetLocation(), ModelSites.LiteralOf(named, context.CancellationToken));

            // The gravest thing to say about a model is enough: one that is forbidden or gone needn't be called dear.
            Report(context, RuleCatalogue.OfModels.Select(rule => rule.Judge(model, settings)).FirstOrDefault(static found => found is not null));
        }
    }

    private static void JudgeText(OperationAnalysisContext context)
    {
        foreach (ITextRule rule in RuleCatalogue.OfTexts)
        {
            Report(context, rule.Judge((IInterpolatedStringOperation)context.Operation));
        }
    }

    private static void Report(OperationAnalysisContext context, Diagnostic? diagnostic)
    {
        if (diagnostic is not null)
        {
            context.ReportDiagnostic(diagnostic);
        }
    }

    // A team's own wrappers may hide an SDK that the project itself doesn't reference.
    private static bool NamesWrappers(Compilation compilation, AnalyzerOptions options) => compilation.SyntaxTrees.FirstOrDefault() is { } tree
        && new AnalyzerSettings(options.AnalyzerConfigOptionsProvider.GetOptions(tree)).HasCostMethods;

    private static AnalyzerSettings SettingsOf(OperationAnalysisContext context) =>
        new(context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Operation.Syntax.SyntaxTree));
}
