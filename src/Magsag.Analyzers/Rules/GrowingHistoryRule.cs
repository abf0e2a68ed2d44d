using System.Collections.Immutable;
using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Histories;
using Magsag.Analyzers.Loops;
using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
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

        var histories = new SentHistories(call.Semantics, context);
        foreach (ArgumentSyntax argument in invocation.ArgumentList.Arguments)
        {
            if (histories.Find(argument.Expression).FirstOrDefault(sent => Grows(sent.History, call.Semantics, invocation, context) && !IsCut(sent.Copy, invocation, context))?.History is { } history)
            {
                return Diagnostic.Create(Descriptor, argument.GetLocation(), GetFixLocations(call), ImmutableDictionary<string, string?>.Empty, history.Name);
            }
        }

        return null;
    }

    private static IEnumerable<Location> GetFixLocations(LlmCall call) =>
        call.Api.HasPipelines && call.Receiver is { IsComplete: true, Pipeline: { } pipeline } && pipeline.SyntaxTree == call.Operation.Syntax.SyntaxTree ? [pipeline.GetLocation()] : [];

    // A local grows when a loop around the call adds to it; a field, when its class does.
    private static bool Grows(ISymbol history, SemanticModel semantics, InvocationExpressionSyntax call, FileContext context)
    {
        if (history.DeclaringSyntaxReferences.Length != 1 || history.ContainingType?.DeclaringSyntaxReferences.Length > 1)
        {
            return false;
        }

        SyntaxNode declaration = history.DeclaringSyntaxReferences[0].GetSyntax(context.CancellationToken);
        SyntaxNode? grown = history is IFieldSymbol
            ? declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>()
            : call.Ancestors().FirstOrDefault(node => IsLongLoop(node, call, semantics, context) && !node.Span.Contains(declaration.Span));
        SyntaxNode? scope = history is IFieldSymbol ? grown : declaration.Ancestors().FirstOrDefault(static node => node is BaseMethodDeclarationSyntax or CompilationUnitSyntax);
        if (grown is null || scope is null)
        {
            return false;
        }

        return GrowsIn(grown, history.Name, scope, call, context) && (history is not IFieldSymbol || AddsWhereItCalls(history.Name, call, context));
    }

    // A loop whose rounds nobody counted beforehand.
    private static bool IsLongLoop(SyntaxNode node, InvocationExpressionSyntax call, SemanticModel semantics, FileContext context) => node switch
    {
        WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax { Condition: null } => !AnswersTools(node, context),
        CommonForEachStatementSyntax each => each.Statement.Span.Contains(call.Span) && !LoopItems.AreFew(each.Expression, semantics),
        _ => false,
    };

    // The rounds in which one answer gets the results of its tools: the model decides how many, and no user says anything in between.
    private static bool AnswersTools(SyntaxNode loop, FileContext context)
    {
        bool readsToolCalls = false;
        foreach (SimpleNameSyntax name in loop.DescendantNodes().OfType<SimpleNameSyntax>())
        {
            string text = name.Identifier.ValueText;
            if (text.IndexOf("user", StringComparison.OrdinalIgnoreCase) >= 0 || text.Contains("Input") || text.StartsWith("Read", StringComparison.Ordinal))
            {
                return false;
            }

            readsToolCalls |= context.Apis.ToolCallNames.Contains(text);
        }

        return readsToolCalls;
    }

    private static bool IsCut(ILocalSymbol? copy, InvocationExpressionSyntax call, FileContext context) =>
        copy?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken).Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax) is { } scope
        && FindUses(copy.Name, scope).Any(use => MayShorten(use, call, context));

    private static bool GrowsIn(SyntaxNode grown, string history, SyntaxNode scope, InvocationExpressionSyntax call, FileContext context)
    {
        bool grows = false;
        foreach (SyntaxNode use in FindUses(history, scope))
        {
            // What is done to it before the first turn shortens nothing.
            if (MayShorten(use, call, context) && !(use.Span.End < grown.SpanStart && use.Parent is AssignmentExpressionSyntax))
            {
                return false;
            }

            // Messages that are there before the first turn aren't growth.
            grows |= use.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax added, Name.Identifier.ValueText: { } method } && IsAdder(method, context)
                && grown.Span.Contains(added.Span) && added.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null;
        }

        return grows;
    }

    // The uses of a variable, with the `this.` before them.
    private static IEnumerable<SyntaxNode> FindUses(string variable, SyntaxNode scope) => scope.DescendantNodes().OfType<IdentifierNameSyntax>()
        .Where(use => use.Identifier.ValueText == variable)
        .Select(static use => use.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } self && self.Name == use ? (SyntaxNode)self : use);

    private static bool MayShorten(SyntaxNode use, InvocationExpressionSyntax call, FileContext context) => use.Parent switch
    {
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: { } method } => ListShorteners.Contains(method) || context.Apis.HistoryReducers.Contains(method),
        AssignmentExpressionSyntax assignment => assignment.Left == use && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && assignment.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null,
        // Other code that is passed the list may shorten it.
        ArgumentSyntax { RefKindKeyword.RawKind: 0, Parent.Parent: InvocationExpressionSyntax other } => other != call && !IsSameMethod(other, call) && SyntaxNames.GetCalledName(other) is not ("AddRange" or "Concat"),
        _ => false,
    };

    private static bool IsAdder(string method, FileContext context) => method is "Add" or "AddRange" || context.Apis.TurnAdders.Contains(method);

    private static bool IsSameMethod(InvocationExpressionSyntax other, InvocationExpressionSyntax call) =>
        (other.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText == (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;

    // The method that calls the model also adds to the field: that is a turn.
    private static bool AddsWhereItCalls(string history, InvocationExpressionSyntax call, FileContext context) => call.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is { } method
        && method.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(access => IsAdder(access.Name.Identifier.ValueText, context) && access.Expression.ToString() is { } owner && (owner == history || owner == "this." + history));
}
