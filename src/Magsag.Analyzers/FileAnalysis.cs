using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Models;
using Magsag.Analyzers.Rules;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>Lets the rules analyze one file.</summary>
/// <remarks>Names are compared before anything is bound: code that concerns no SDK is passed over without an allocation.</remarks>
internal sealed class FileAnalysis(SemanticModelAnalysisContext file, FileContext context)
{
    private readonly KnownApis _apis = context.Apis;
    private readonly SemanticModel _semantics = file.SemanticModel;
    private readonly CancellationToken _cancellationToken = file.CancellationToken;

    public void Run()
    {
        SyntaxNode root = _semantics.SyntaxTree.GetRoot(_cancellationToken);
        foreach (SyntaxNode node in root.DescendantNodes(file.FilterSpan ?? root.FullSpan))
        {
            Analyze(node);
        }
    }

    /// <summary>Analyzes one node, not those below it.</summary>
    public void Analyze(SyntaxNode node)
    {
        switch (node)
        {
            case InvocationExpressionSyntax invocation:
                AnalyzeInvocation(invocation);
                break;
            case BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax:
                AnalyzeCreation(node);
                break;
            case AssignmentExpressionSyntax assignment:
                AnalyzeAssignment(assignment);
                break;
            case MemberAccessExpressionSyntax member:
                AnalyzeMember(member);
                break;
        }
    }

    private void AnalyzeInvocation(InvocationExpressionSyntax syntax)
    {
        if (SyntaxNames.GetCalledName(syntax) is not { } name
            || !(_apis.MayHaveAnyName || _apis.Names.IsMethod(name) || context.Settings.MayCost(name))
            || _semantics.GetOperation(syntax, _cancellationToken) is not IInvocationOperation invocation)
        {
            return;
        }

        AnalyzeArguments(invocation.TargetMethod, invocation.Arguments, invocation.Instance);
        if (_apis.FindToolLoop(invocation.TargetMethod) is not null)
        {
            foreach (IInvocationRule rule in RuleCatalogue.InvocationRules)
            {
                Report(rule.Analyze(invocation, context));
            }
        }

        if (LlmCall.TryCreate(invocation, context) is not { } call || MayBeFree(call))
        {
            return;
        }

        foreach (ICallRule rule in RuleCatalogue.CallRules)
        {
            Report(rule.Analyze(call, context));
        }
    }

    private void AnalyzeCreation(SyntaxNode creation)
    {
        // Without an argument there is no model.
        if (SyntaxNames.GetArguments(creation) is not { Arguments.Count: > 0 }
            || (creation is ObjectCreationExpressionSyntax named && !_apis.Names.IsTypeWithModel(SyntaxNames.GetTypeName(named.Type)))
            || _semantics.GetSymbolInfo(creation, _cancellationToken).Symbol is not IMethodSymbol constructor
            || !_apis.MayNameModel(constructor))
        {
            return;
        }

        switch (_semantics.GetOperation(creation, _cancellationToken))
        {
            // What talks to a server on the machine itself or to a stub costs nothing, whatever its model is called.
            case IObjectCreationOperation created when context.Receivers.Trace(created) is { IsFree: true } or { IsUnknownImplementation: true }:
                break;
            case IObjectCreationOperation created:
                AnalyzeArguments(constructor, created.Arguments, null);
                break;
            case IInvocationOperation initializer:
                AnalyzeArguments(constructor, initializer.Arguments, null);
                break;
        }
    }

    private void AnalyzeAssignment(AssignmentExpressionSyntax syntax)
    {
        if (SyntaxNames.GetLastName(syntax.Left) is { } member && _apis.Names.IsModelMember(member)
            && _semantics.GetOperation(syntax, _cancellationToken) is IAssignmentOperation assignment)
        {
            AnalyzeModel(ModelExpressions.Find(assignment, _apis));
        }
    }

    private void AnalyzeMember(MemberAccessExpressionSyntax member)
    {
        foreach (INameRule rule in RuleCatalogue.NameRules)
        {
            if (rule.Names.Contains(member.Name.Identifier.ValueText))
            {
                Report(rule.Analyze(member, _semantics, context));
            }
        }
    }

    private void AnalyzeArguments(IMethodSymbol method, IEnumerable<IArgumentOperation> arguments, IOperation? instance)
    {
        if (_apis.MayNameModel(method))
        {
            AnalyzeModel(ModelExpressions.Find(method, arguments, instance, _apis));
        }
    }

    private void AnalyzeModel(IOperation? value)
    {
        if (value is null)
        {
            return;
        }

        foreach ((IOperation named, bool isChosen) in new ModelCandidates(_semantics, _cancellationToken).Find(value))
        {
            if (ConstantValues.GetModel(named, _apis) is not { } id)
            {
                continue;
            }

            // A constant that stands elsewhere, such as a parameter's default, is underlined where it is used.
            SyntaxNode site = value.Syntax.Contains(named.Syntax) ? named.Syntax : value.Syntax;
            var model = new NamedModel(id, site.GetLocation(), ModelExpressions.FindLiteral(named, _cancellationToken), isChosen);

            Report(RuleCatalogue.ModelRules.Select(rule => rule.Analyze(model, context)).FirstOrDefault(static found => found is not null));
        }
    }

    // A client of an unknown library or of the project's own, and one of unknown origin or for a model without a price in code that talks to servers on the machine itself.
    private bool MayBeFree(LlmCall call)
    {
        bool isPriced = ModelPrices.Find(call.Model) is not null;
        return call.Receiver.IsUnknownImplementation
            || (!call.Receiver.IsComplete && (IsOnlyImplementation(call) ? context.Pipelines.StartsLocalServers : context.Pipelines.MayBeFree(call.Receiver)))
            || (call.Receiver.HasUnknownEndpoint && !isPriced)
            || ((!call.Receiver.IsComplete || !isPriced) && context.Pipelines.NamesLocalServer(_semantics.SyntaxTree));
    }

    // A class of an SDK that wraps no client of another one: what is created elsewhere can't stand behind it.
    private bool IsOnlyImplementation(LlmCall call) => call.Client?.Type is { TypeKind: TypeKind.Class } client && KnownApis.IsOfSdk(client)
        && !call.Api.HasPipelines && !call.Api.ReceiverHasOptions && _apis.FindContainer(client) is null;

    private void Report(Diagnostic? diagnostic)
    {
        if (diagnostic is not null)
        {
            file.ReportDiagnostic(diagnostic);
        }
    }
}
