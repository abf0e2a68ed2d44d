using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>Understands each call to a model once and lets all rules judge it. Registers nothing where no known SDK is referenced.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LlmCallAnalyzer : DiagnosticAnalyzer
{
    private static readonly IRule[] CallRules = [new UncappedCallRule(), new UncachedLoopRule()];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.CreateRange(CallRules.Select(static rule => rule.Descriptor)).Add(PremiumModelRule.Descriptor);

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
            start.RegisterOperationAction(operation => JudgeCall(operation, apis, pipelines), OperationKind.Invocation);
            start.RegisterOperationAction(operation => JudgeModel(operation, apis, ModelSites.ValueOf((IArgumentOperation)operation.Operation, apis)), OperationKind.Argument);
            start.RegisterOperationAction(operation => JudgeModel(operation, apis, ModelSites.ValueOf((IAssignmentOperation)operation.Operation, apis)), OperationKind.SimpleAssignment, OperationKind.CoalesceAssignment);
        });
    }

    private static void JudgeCall(OperationAnalysisContext context, KnownApis apis, PipelineSettings pipelines)
    {
        AnalyzerSettings settings = SettingsOf(context);
        if (LlmCall.TryCreate((IInvocationOperation)context.Operation, apis, settings, context.CancellationToken) is not { } call
            || MayBeFree(call, pipelines))
        {
            return;
        }

        var rules = new RuleContext(apis, pipelines, settings);
        foreach (IRule rule in CallRules)
        {
            if (rule.Judge(call, rules) is { } diagnostic)
            {
                context.ReportDiagnostic(diagnostic);
            }
        }
    }

    // A client of unknown origin, or for a model that nobody sells, in code that talks to servers on the machine itself.
    private static bool MayBeFree(LlmCall call, PipelineSettings pipelines) =>
        (!call.Receiver.IsComplete && pipelines.MakesFreeClients)
        || ((!call.Receiver.IsComplete || ModelPrices.Find(call.Model) is null) && pipelines.NamesLocalServer(call.Operation.Syntax.SyntaxTree));

    private static void JudgeModel(OperationAnalysisContext context, KnownApis apis, IOperation? value)
    {
        if (value is null || ModelSites.DefaultOf(value) is not { } named || Constants.ModelOf(named, apis) is not { } model)
        {
            return;
        }

        if (PremiumModelRule.Judge(model, named.Syntax.GetLocation(), ModelSites.LiteralOf(named, context.CancellationToken), SettingsOf(context)) is { } diagnostic)
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
