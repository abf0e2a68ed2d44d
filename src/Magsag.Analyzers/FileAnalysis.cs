using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Loops;
using Magsag.Analyzers.Models;
using Magsag.Analyzers.Rules;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Magsag.Analyzers.Wrappers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>Lets the rules analyze one file.</summary>
/// <remarks>Names are compared before anything is bound: code that concerns no SDK is passed over without an allocation.</remarks>
internal sealed class FileAnalysis(SemanticModelAnalysisContext file, FileContext context, WrapperTracer wrappers)
{
    private readonly KnownApis _apis = context.Apis;
    private readonly SemanticModel _semantics = file.SemanticModel;
    private readonly CancellationToken _cancellationToken = file.CancellationToken;
    private readonly WrapperNames _wrapperNames = wrappers.GetNames(file.CancellationToken);

    // A function that stands beside the loops which call it has one finding, however many they are.
    private HashSet<(string Rule, Location Location)>? _reportedInLoops;

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
            case ArgumentSyntax argument:
                AnalyzeMethodGroup(argument);
                break;
            case MemberAccessExpressionSyntax member:
                AnalyzeMember(member);
                break;
        }
    }

    private void AnalyzeInvocation(InvocationExpressionSyntax syntax)
    {
        if (SyntaxNames.GetCalledName(syntax) is not { } name)
        {
            return;
        }

        bool isOfSdk = _apis.MayHaveAnyName || _apis.Names.IsMethod(name) || context.Settings.MayCost(name);
        bool isWrapper = _wrapperNames.Contains(name) && LoopFinder.MayRepeat(syntax);
        if (!(isOfSdk || isWrapper) || _semantics.GetOperation(syntax, _cancellationToken) is not IInvocationOperation invocation)
        {
            return;
        }

        if (!(isOfSdk && AnalyzeCall(invocation, syntax)) && isWrapper && LoopFinder.Find(syntax, _semantics) is { } loop)
        {
            AnalyzeWrapped(syntax, loop, wrappers.Find(invocation, context, _cancellationToken));
        }
    }

    private bool AnalyzeCall(IInvocationOperation invocation, InvocationExpressionSyntax syntax)
    {
        AnalyzeArguments(invocation.TargetMethod, invocation.Arguments, invocation.Instance);
        if (_apis.FindToolLoop(invocation.TargetMethod) is not null)
        {
            foreach (IInvocationRule rule in RuleCatalogue.InvocationRules)
            {
                Report(rule.Analyze(invocation, context));
            }
        }

        if (LlmCall.TryCreate(invocation, context) is not { } call)
        {
            return false;
        }

        if (call.MayBeFree(context))
        {
            return true;
        }

        foreach (ICallRule rule in RuleCatalogue.CallRules)
        {
            Report(rule.Analyze(call, context));
        }

        if (LoopFinder.Find(syntax, _semantics) is { } loop)
        {
            Report(new RepeatedCall(call, loop, [new CallFrame(loop.Body, _semantics, syntax)]), context);
        }

        return true;
    }

    // `pages.Select(SummariseAsync)`
    private void AnalyzeMethodGroup(ArgumentSyntax argument)
    {
        if (SyntaxNames.GetLastName(argument.Expression) is { } name && _wrapperNames.Contains(name) && LoopFinder.FindRepeater(argument.Expression) is { } repeater
            && !LoopItems.AreFew(LoopItems.GetSource(repeater), _semantics) && _semantics.GetSymbolInfo(argument.Expression, _cancellationToken).Symbol is IMethodSymbol method)
        {
            AnalyzeWrapped(argument.Expression, new EnclosingLoop(repeater, argument.Expression), wrappers.Find(method, _cancellationToken));
        }
    }

    private void AnalyzeWrapped(ExpressionSyntax site, EnclosingLoop loop, IEnumerable<WrappedCall> calls)
    {
        foreach (WrappedCall wrapped in calls)
        {
            Report(new RepeatedCall(wrapped.Call!, loop, [new CallFrame(loop.Body, _semantics, site), .. wrapped.Frames]), wrapped.Context);
        }
    }

    private void Report(RepeatedCall call, FileContext calledFile)
    {
        foreach (ILoopRule rule in RuleCatalogue.LoopRules)
        {
            if (rule.Analyze(call, calledFile) is { } diagnostic && (_reportedInLoops ??= []).Add((diagnostic.Id, diagnostic.Location)))
            {
                Report(diagnostic);
            }
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
            var model = new NamedModel(id, site.GetLocation(), ModelExpressions.FindLiteral(named, _cancellationToken), isChosen || ClientChoices.Exist(site));

            JudgeModel(model, context);
        }
    }

    private void JudgeModel(NamedModel model, FileContext context)
    {
        foreach (IModelRule rule in RuleCatalogue.ModelRules)
        {
            Diagnostic? found = rule.Analyze(model, context);
            Report(found);
            if (found is not null && rule.IsConclusive)
            {
                return;
            }
        }
    }

    private void Report(Diagnostic? diagnostic)
    {
        if (diagnostic is not null && (!file.IsGeneratedCode || IsMapped(diagnostic.Location)))
        {
            file.ReportDiagnostic(diagnostic);
        }
    }

    // Razor's generated code maps what the user wrote back to the user's file.
    private static bool IsMapped(Location location) => location.GetMappedLineSpan().HasMappedPath && location.SourceTree?.GetLineVisibility(location.SourceSpan.Start) == LineVisibility.Visible;
}
