using System.Collections.Immutable;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG005: a conversation whose history is sent again with every turn and never gets shorter.</summary>
internal sealed class GrowingHistoryRule : ICallRule
{
    public const string Id = "MAG005";

    private static readonly HashSet<string> ListShorteners = new(StringComparer.Ordinal) { "Remove", "RemoveAt", "RemoveRange", "RemoveAll", "Clear", "Dequeue", "TakeLast", "Skip" };

    public DiagnosticDescriptor Descriptor { get; } = RuleDescriptor.Create(
        Id,
        "Chat history grows without bound",
        "Every turn sends, and pays for, all turns before it: {0} is added to and never shortened",
        DiagnosticSeverity.Info,
        "Every turn pays for all turns before it, so that the cost of a conversation grows with the square of its length. A reducer keeps what matters.");

    public Diagnostic? Analyze(LlmCall call, FileContext context)
    {
        if (call.Api.Kind != ApiKind.Text || call.Receiver.ReducesHistory || (!call.Receiver.IsComplete && context.Pipelines.ReducesHistory) || call.Operation.Syntax is not InvocationExpressionSyntax invocation)
        {
            return null;
        }

        foreach (ArgumentSyntax argument in invocation.ArgumentList.Arguments)
        {
            if (FindHistory(argument.Expression, call.Semantics, context) is { } history && Grows(history, invocation, context))
            {
                return Diagnostic.Create(Descriptor, argument.GetLocation(), GetFixLocations(call), ImmutableDictionary<string, string?>.Empty, history.Name);
            }
        }

        return null;
    }

    private static IEnumerable<Location> GetFixLocations(LlmCall call) =>
        call.Api.HasPipelines && call.Receiver is { IsComplete: true, Pipeline: { } pipeline } && pipeline.SyntaxTree == call.Operation.Syntax.SyntaxTree ? [pipeline.GetLocation()] : [];

    private static ISymbol? FindHistory(ExpressionSyntax expression, SemanticModel semantics, FileContext context)
    {
        ISymbol? symbol = expression is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } ? semantics.GetSymbolInfo(expression, context.CancellationToken).Symbol : null;
        ITypeSymbol? type = symbol switch
        {
            ILocalSymbol local => local.Type,
            IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field => field.Type,
            _ => null,
        };
        return type is not null && context.Apis.IsHistory(type) ? symbol : null;
    }

    // A local grows when a loop around the call adds to it; a field, when its class does.
    private static bool Grows(ISymbol history, InvocationExpressionSyntax call, FileContext context)
    {
        if (history.DeclaringSyntaxReferences.Length != 1 || history.ContainingType?.DeclaringSyntaxReferences.Length > 1)
        {
            return false;
        }

        SyntaxNode declaration = history.DeclaringSyntaxReferences[0].GetSyntax(context.CancellationToken);
        SyntaxNode? grown = history is IFieldSymbol
            ? declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>()
            : call.Ancestors().FirstOrDefault(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax { Condition: null } && !node.Span.Contains(declaration.Span));
        SyntaxNode? scope = history is IFieldSymbol ? grown : declaration.Ancestors().FirstOrDefault(static node => node is BaseMethodDeclarationSyntax or CompilationUnitSyntax);
        if (grown is null || scope is null)
        {
            return false;
        }

        bool grows = false;
        foreach (IdentifierNameSyntax use in scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(use => use.Identifier.ValueText == history.Name))
        {
            SyntaxNode whole = use.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } self && self.Name == use ? self : use;
            switch (whole.Parent)
            {
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: { } method } when ListShorteners.Contains(method) || context.Apis.HistoryReducers.Contains(method):
                    return false;
                case MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax added, Name.Identifier.ValueText: { } method } when IsAdder(method, context):
                    // Messages that are there before the first turn aren't growth.
                    grows |= grown.Span.Contains(added.Span) && added.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null;
                    break;
                case AssignmentExpressionSyntax assignment when assignment.Left == whole && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && assignment.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null:
                    return false;
                case ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax other } when other != call && !IsSameMethod(other, call):
                    // Other code that is passed the list may shorten it.
                    return false;
            }
        }

        return grows && (history is not IFieldSymbol || AddsWhereItCalls(history.Name, call, context));
    }

    private static bool IsAdder(string method, FileContext context) => method is "Add" or "AddRange" || context.Apis.TurnAdders.Contains(method);

    private static bool IsSameMethod(InvocationExpressionSyntax other, InvocationExpressionSyntax call) =>
        (other.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText == (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;

    // The method that calls the model also adds to the field: that is a turn.
    private static bool AddsWhereItCalls(string history, InvocationExpressionSyntax call, FileContext context) => call.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is { } method
        && method.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access => IsAdder(access.Name.Identifier.ValueText, context) && access.Expression.ToString() is { } owner && (owner == history || owner == "this." + history));
}
