using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>Tells whether each round of a loop asks something new on purpose: what was answered before is fed back, a session keeps it, or a person is asked.</summary>
internal sealed class Conversations(RepeatedCall call, KnownApis apis, CancellationToken cancellationToken)
{
    private static readonly HashSet<string> InputReaders = new(StringComparer.Ordinal) { "ReadLine", "ReadLineAsync", "ReadKey", "Prompt", "PromptAsync", "Ask", "AskAsync", "Confirm" };

    public bool Exist() => ReadsInput() || IsFedBack() || Enumerable.Range(0, call.Frames.Count).Any(frame => SendsConversation(frame) || KeepsHistory(call.Frames[frame]));

    // `Console.ReadLine()`, `AnsiConsole.Ask(…)`, `GetUserInput()`.
    private bool ReadsInput() => call.Loop.Body.DescendantNodes().Concat(call.Loop.Condition?.DescendantNodesAndSelf() ?? []).OfType<InvocationExpressionSyntax>()
        .Any(invocation => invocation != call.Site && SyntaxNames.GetCalledName(invocation) is { } name
            && (InputReaders.Contains(name)
                ? invocation.Expression is MemberAccessExpressionSyntax access && access.Expression.ToString().Contains("Console")
                : name.Contains("Input") && (name.StartsWith("Read", StringComparison.Ordinal) || name.StartsWith("Get", StringComparison.Ordinal))));

    private bool SendsConversation(int frame) => call.Frames[frame].Invocation is InvocationExpressionSyntax invocation
        && invocation.ArgumentList.Arguments.Any(argument => IsConversation(argument.Expression, frame));

    private bool IsConversation(ExpressionSyntax argument, int frame)
    {
        CallFrame at = call.Frames[frame];
        if (argument is not (IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }) || at.Semantics.GetSymbolInfo(argument, cancellationToken).Symbol is not { } symbol
            || at.Semantics.GetTypeInfo(argument, cancellationToken).Type is not { } type || LoopInvariance.IsDeclaredIn(symbol, at.Body) && symbol is not IParameterSymbol)
        {
            return false;
        }

        if (symbol is IParameterSymbol parameter && frame > 0 && at.Declares(parameter))
        {
            return (IsList(type) && LoopInvariance.IsChangedIn(symbol, at.Body) && !(at.GetArgument(parameter) is { } fresh && IsFresh(fresh, frame - 1)))
                || (at.GetArgument(parameter) is { } given && IsConversation(given, frame - 1));
        }

        return apis.IsSession(type) || (IsList(type) && LoopInvariance.IsChangedIn(symbol, at.Body) && !IsEmptiedIn(symbol.Name, at.Body));
    }

    private bool IsFresh(ExpressionSyntax argument, int frame) => argument is not IdentifierNameSyntax
        || (call.Frames[frame].Semantics.GetSymbolInfo(argument, cancellationToken).Symbol is { } symbol && LoopInvariance.IsDeclaredIn(symbol, call.Frames[frame].Body));

    // The method adds its turn to a history that outlives it: in a field of its own, or behind an object of the project's.
    private bool KeepsHistory(CallFrame frame) => frame != call.Frames[0] && frame.Body.DescendantNodes().OfType<InvocationExpressionSyntax>()
        .Any(invocation => invocation.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: { } name, Expression: var owner }
            && frame.Semantics.GetSymbolInfo(owner, cancellationToken).Symbol switch
            {
                IFieldSymbol field => AddsTurn(field.Type, name, invocation, frame),
                IPropertySymbol property => AddsTurn(property.Type, name, invocation, frame),
                IParameterSymbol parameter => !apis.IsHistory(parameter.Type) && AddsTurn(parameter.Type, name, invocation, frame),
                _ => false,
            });

    private bool AddsTurn(ITypeSymbol owner, string method, InvocationExpressionSyntax invocation, CallFrame frame) => apis.IsHistory(owner)
        ? method == "Add" || apis.TurnAdders.Contains(method)
        : !owner.DeclaringSyntaxReferences.IsEmpty && method.StartsWith("Add", StringComparison.Ordinal)
            && invocation.ArgumentList.Arguments.Any(argument => apis.IsMessage(frame.Semantics.GetTypeInfo(argument.Expression, cancellationToken).Type));

    // `summary = await RefineAsync(summary, page)`: the next question holds this answer.
    private bool IsFedBack() => call.Site.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => IsFedBack(name, 0));

    private bool IsFedBack(IdentifierNameSyntax name, int depth)
    {
        ISymbol? symbol = call.Semantics.GetSymbolInfo(name, cancellationToken).Symbol;
        ITypeSymbol? type = symbol switch { ILocalSymbol local => local.Type, IParameterSymbol parameter => parameter.Type, IFieldSymbol field => field.Type, _ => null };
        if (symbol is null || type is null || call.Loop.Items.Contains(symbol.Name) || (type.IsValueType && type.SpecialType != SpecialType.None))
        {
            return false;
        }

        if (!LoopInvariance.IsDeclaredIn(symbol, call.Loop.Syntax))
        {
            return call.Loop.Body.DescendantNodes().OfType<IdentifierNameSyntax>().Any(use => use.Identifier.ValueText == symbol.Name && CarriesOver(use, type.SpecialType == SpecialType.System_String)) && !IsEmptiedIn(symbol.Name, call.Loop.Body);
        }

        return depth < 2 && symbol is ILocalSymbol computed && Initializers.FindDeclarator(computed, call.Semantics, cancellationToken)?.Initializer?.Value is { } initial
            && !initial.Span.Contains(call.Site.Span)
            && initial.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(used => IsFedBack(used, depth + 1));
    }

    // What is added to, or set from the answer on.
    private bool CarriesOver(IdentifierNameSyntax use, bool isText) => use.Parent switch
    {
        AssignmentExpressionSyntax assignment when assignment.Left == use => !assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) || assignment.Span.End > call.Site.Span.End
            || assignment.Right.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(used => used.Identifier.ValueText == use.Identifier.ValueText),
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } => !isText && LoopInvariance.IsChange(use),
        MemberAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } => assignment.Left == use.Parent && assignment.Span.End > call.Site.Span.End,
        _ => false,
    };

    private static bool IsEmptiedIn(string variable, SyntaxNode body) => body.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        .Any(access => access.Name.Identifier.ValueText == "Clear" && SyntaxNames.GetLastName(access.Expression) == variable);

    private static bool IsList(ITypeSymbol type) => type.SpecialType != SpecialType.System_String
        && (type is IArrayTypeSymbol || type.AllInterfaces.Concat(type is INamedTypeSymbol named ? [named] : []).Any(static contract => contract.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T));
}
