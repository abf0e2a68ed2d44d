using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>Lets the rules judge what one file does.</summary>
/// <remarks>Names are compared before anything is bound: what concerns no SDK is passed over without an allocation.</remarks>
internal sealed class FileJudge(SemanticModelAnalysisContext file, RuleContext rules)
{
    private readonly KnownApis _apis = rules.Apis;
    private readonly SemanticModel _semantics = file.SemanticModel;
    private readonly CancellationToken _cancellationToken = file.CancellationToken;

    public void Judge()
    {
        SyntaxNode root = _semantics.SyntaxTree.GetRoot(_cancellationToken);
        foreach (SyntaxNode node in root.DescendantNodes(file.FilterSpan ?? root.FullSpan))
        {
            Judge(node);
        }
    }

    /// <summary>Judges one node, not those in it.</summary>
    public void Judge(SyntaxNode node)
    {
        switch (node)
        {
            case InvocationExpressionSyntax invocation:
                JudgeInvocation(invocation);
                break;
            case BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax:
                JudgeCreation(node);
                break;
            case AssignmentExpressionSyntax assignment:
                JudgeAssignment(assignment);
                break;
            case InterpolatedStringExpressionSyntax text:
                JudgeText(text);
                break;
        }
    }

    private void JudgeInvocation(InvocationExpressionSyntax syntax)
    {
        if (SyntaxNames.OfCalled(syntax) is not { } name
            || !(_apis.MayHaveAnyName || _apis.Names.IsMethod(name) || rules.Settings.MayCost(name))
            || _semantics.GetOperation(syntax, _cancellationToken) is not IInvocationOperation invocation)
        {
            return;
        }

        JudgeArguments(invocation.TargetMethod, invocation.Arguments, invocation.Instance);
        if (_apis.ToolLoopOf(invocation.TargetMethod) is not null)
        {
            foreach (IInvocationRule rule in RuleCatalogue.OfInvocations)
            {
                Report(rule.Judge(invocation, rules));
            }
        }

        if (LlmCall.TryCreate(invocation, rules) is not { } call || MayBeFree(call))
        {
            return;
        }

        foreach (ICallRule rule in RuleCatalogue.OfCalls)
        {
            Report(rule.Judge(call, rules));
        }
    }

    private void JudgeCreation(SyntaxNode made)
    {
        // Without an argument there is no model.
        if (SyntaxNames.ArgumentsOf(made) is not { Arguments.Count: > 0 }
            || (made is ObjectCreationExpressionSyntax named && !_apis.Names.IsModelType(SyntaxNames.OfType(named.Type)))
            || _semantics.GetSymbolInfo(made, _cancellationToken).Symbol is not IMethodSymbol constructor
            || !_apis.NamesModel(constructor))
        {
            return;
        }

        switch (_semantics.GetOperation(made, _cancellationToken))
        {
            case IObjectCreationOperation creation:
                JudgeArguments(constructor, creation.Arguments, null);
                break;
            case IInvocationOperation initializer:
                JudgeArguments(constructor, initializer.Arguments, null);
                break;
        }
    }

    private void JudgeAssignment(AssignmentExpressionSyntax syntax)
    {
        if (SyntaxNames.OfMember(syntax.Left) is { } member && _apis.Names.IsModelMember(member)
            && _semantics.GetOperation(syntax, _cancellationToken) is IAssignmentOperation assignment)
        {
            JudgeModel(ModelSites.ValueOf(assignment, _apis));
        }
    }

    private void JudgeText(InterpolatedStringExpressionSyntax text)
    {
        foreach (ITextRule rule in RuleCatalogue.OfTexts)
        {
            Report(rule.Judge(text, _semantics, _cancellationToken));
        }
    }

    private void JudgeArguments(IMethodSymbol method, IEnumerable<IArgumentOperation> arguments, IOperation? instance)
    {
        if (_apis.NamesModel(method))
        {
            JudgeModel(ModelSites.ValueOf(method, arguments, instance, _apis));
        }
    }

    private void JudgeModel(IOperation? value)
    {
        if (value is null)
        {
            return;
        }

        foreach ((IOperation named, bool isChosen) in new ModelNames(_semantics, _cancellationToken).In(value))
        {
            if (Constants.ModelOf(named, _apis) is not { } id)
            {
                continue;
            }

            // What stands elsewhere, such as a parameter's default, is underlined where it is used.
            SyntaxNode site = value.Syntax.Contains(named.Syntax) ? named.Syntax : value.Syntax;
            var model = new NamedModel(id, site.GetLocation(), ModelSites.LiteralOf(named, _cancellationToken), isChosen);

            // The gravest thing to say about a model is enough: one that is forbidden or gone needn't be called dear.
            Report(RuleCatalogue.OfModels.Select(rule => rule.Judge(model, rules)).FirstOrDefault(static found => found is not null));
        }
    }

    // A client that the project or a library that isn't known makes, one of unknown origin, or for a model that nobody sells, in code that talks to servers on the machine itself.
    private bool MayBeFree(LlmCall call)
    {
        bool isPriced = ModelPrices.Find(call.Model) is not null;
        return call.Receiver.IsForeign
            || (!call.Receiver.IsComplete && rules.Pipelines.MakesFreeClients)
            || (call.Receiver.HasOpenEndpoint && !isPriced)
            || ((!call.Receiver.IsComplete || !isPriced) && rules.Pipelines.NamesLocalServer(_semantics.SyntaxTree));
    }

    private void Report(Diagnostic? diagnostic)
    {
        if (diagnostic is not null)
        {
            file.ReportDiagnostic(diagnostic);
        }
    }
}
