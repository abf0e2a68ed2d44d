using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>Lets the rules judge what one compilation does.</summary>
/// <remarks>Names are compared before anything is bound: whatever concerns no SDK is passed over without an allocation.</remarks>
internal sealed class CallJudge(KnownApis apis, PipelineSettings pipelines, SettingsOfFiles settings)
{
    public void JudgeInvocation(SyntaxNodeAnalysisContext context)
    {
        var syntax = (InvocationExpressionSyntax)context.Node;
        if (SyntaxNames.OfCalled(syntax) is not { } name
            || !(apis.MayConcern(name) || settings.Of(syntax.SyntaxTree).HasCostMethods)
            || context.SemanticModel.GetOperation(syntax, context.CancellationToken) is not IInvocationOperation invocation)
        {
            return;
        }

        JudgeArguments(context, invocation.TargetMethod, invocation.Arguments, invocation.Instance);
        var rules = new RuleContext(apis, pipelines, settings.Of(syntax.SyntaxTree), context.CancellationToken);
        if (apis.ToolLoopOf(invocation.TargetMethod) is not null)
        {
            foreach (IInvocationRule rule in RuleCatalogue.OfInvocations)
            {
                Report(context, rule.Judge(invocation, rules));
            }
        }

        if (LlmCall.TryCreate(invocation, apis, rules.Settings, context.CancellationToken) is not { } call || MayBeFree(call))
        {
            return;
        }

        foreach (ICallRule rule in RuleCatalogue.OfCalls)
        {
            Report(context, rule.Judge(call, rules));
        }
    }

    public void JudgeCreation(SyntaxNodeAnalysisContext context)
    {
        // A primary constructor's base is visited once for the type and once for the constructor; without an argument there is no model.
        if (context is { Node: PrimaryConstructorBaseTypeSyntax, ContainingSymbol: INamedTypeSymbol }
            || SyntaxNames.ArgumentsOf(context.Node) is not { Arguments.Count: > 0 }
            || (context.Node is ObjectCreationExpressionSyntax named && !apis.MayBeMadeFor(SyntaxNames.OfType(named.Type)))
            || context.SemanticModel.GetSymbolInfo(context.Node, context.CancellationToken).Symbol is not IMethodSymbol constructor
            || !apis.NamesModel(constructor))
        {
            return;
        }

        switch (context.SemanticModel.GetOperation(context.Node, context.CancellationToken))
        {
            case IObjectCreationOperation creation:
                JudgeArguments(context, constructor, creation.Arguments, null);
                break;
            case IInvocationOperation initializer:
                JudgeArguments(context, constructor, initializer.Arguments, null);
                break;
        }
    }

    public void JudgeAssignment(SyntaxNodeAnalysisContext context)
    {
        var syntax = (AssignmentExpressionSyntax)context.Node;
        if (SyntaxNames.OfMember(syntax.Left) is { } member && apis.IsModelMember(member)
            && context.SemanticModel.GetOperation(syntax, context.CancellationToken) is IAssignmentOperation assignment)
        {
            JudgeModel(context, ModelSites.ValueOf(assignment, apis));
        }
    }

    public void JudgeText(SyntaxNodeAnalysisContext context)
    {
        foreach (ITextRule rule in RuleCatalogue.OfTexts)
        {
            Report(context, rule.Judge((InterpolatedStringExpressionSyntax)context.Node, context.SemanticModel, context.CancellationToken));
        }
    }

    private void JudgeArguments(SyntaxNodeAnalysisContext context, IMethodSymbol method, IEnumerable<IArgumentOperation> arguments, IOperation? instance)
    {
        if (apis.NamesModel(method))
        {
            JudgeModel(context, ModelSites.ValueOf(method, arguments, instance, apis));
        }
    }

    // A client that the project or a library that isn't known makes, one of unknown origin, or for a model that nobody sells, in code that talks to servers on the machine itself.
    private bool MayBeFree(LlmCall call)
    {
        bool isPriced = ModelPrices.Find(call.Model) is not null;
        return call.Receiver.IsForeign
            || (!call.Receiver.IsComplete && pipelines.MakesFreeClients)
            || (call.Receiver.HasOpenEndpoint && !isPriced)
            || ((!call.Receiver.IsComplete || !isPriced) && pipelines.NamesLocalServer(call.Operation.Syntax.SyntaxTree));
    }

    private void JudgeModel(SyntaxNodeAnalysisContext context, IOperation? value)
    {
        if (value is null)
        {
            return;
        }

        AnalyzerSettings team = settings.Of(value.Syntax.SyntaxTree);
        foreach ((IOperation named, bool isChosen) in new ModelNames(context.SemanticModel, context.CancellationToken).In(value))
        {
            if (Constants.ModelOf(named, apis) is not { } id)
            {
                continue;
            }

            // What stands elsewhere, such as a parameter's default, is underlined where it is used.
            SyntaxNode site = value.Syntax.Contains(named.Syntax) ? named.Syntax : value.Syntax;
            var model = new NamedModel(id, site.GetLocation(), ModelSites.LiteralOf(named, context.CancellationToken), isChosen);

            // The gravest thing to say about a model is enough: one that is forbidden or gone needn't be called dear.
            Report(context, RuleCatalogue.OfModels.Select(rule => rule.Judge(model, team)).FirstOrDefault(static found => found is not null));
        }
    }

    private static void Report(SyntaxNodeAnalysisContext context, Diagnostic? diagnostic)
    {
        if (diagnostic is not null)
        {
            context.ReportDiagnostic(diagnostic);
        }
    }
}
