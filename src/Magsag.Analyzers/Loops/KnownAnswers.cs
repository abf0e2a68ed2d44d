using Magsag.Analyzers.Sdks;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Loops;

/// <summary>Tells whether code asks only for what it doesn't know yet: <c>if (known.TryGetValue(key, out var answer)) continue;</c>.</summary>
internal static class KnownAnswers
{
    // Methods that are true for what is known.
    private static readonly HashSet<string> LookUps = new(StringComparer.Ordinal) { "TryGetValue", "TryGet", "ContainsKey", "Contains", "Any", "AnyAsync", "Exists", "ExistsAsync", "TryGetAsync" };

    // Methods that are true for what is new.
    private static readonly HashSet<string> Reservations = new(StringComparer.Ordinal) { "Add", "TryAdd", "SetIfNotExistsAsync", "StringSetAsync" };

    private static readonly string[] ClientWords = ["Client", "Agent", "Generator", "Service", "Kernel", "Function", "Plugin"];

    /// <summary>True when a call is made only for what a look-up before it, in the same body, didn't find.</summary>
    public static bool Guard(SyntaxNode call, SyntaxNode body, SemanticModel semantics) => body.DescendantNodesAndSelf().Any(node => node.SpanStart < call.SpanStart && node switch
    {
        IfStatementSyntax choice when choice.Statement.Span.Contains(call.Span) => Finds(choice.Condition, false, call, body, semantics),
        IfStatementSyntax { Else: { } otherwise } choice when otherwise.Span.Contains(call.Span) => Finds(choice.Condition, true, call, body, semantics),
        IfStatementSyntax choice => Leaves(choice.Statement) && Finds(choice.Condition, true, call, body, semantics),
        ConditionalExpressionSyntax choice when choice.WhenTrue.Span.Contains(call.Span) => Finds(choice.Condition, false, call, body, semantics),
        ConditionalExpressionSyntax choice when choice.WhenFalse.Span.Contains(call.Span) => Finds(choice.Condition, true, call, body, semantics),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } choice => choice.Right.Span.Contains(call.Span),
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } choice => choice.Right.Span.Contains(call.Span),
        _ => false,
    });

    /// <summary>True when code looks anything up, as a helper does that remembers answers.</summary>
    public static bool AreLookedUpIn(SyntaxNode code) => code.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(static call => SyntaxNames.GetCalledName(call) is { } name
        && (LookUps.Contains(name) || name.StartsWith("GetOr", StringComparison.Ordinal) || name is "TryAdd"));

    // Whether a condition is true (or false) exactly because the answer is known.
    private static bool Finds(ExpressionSyntax condition, bool whenTrue, SyntaxNode call, SyntaxNode body, SemanticModel semantics) => condition switch
    {
        ParenthesizedExpressionSyntax inner => Finds(inner.Expression, whenTrue, call, body, semantics),
        AwaitExpressionSyntax awaited => Finds(awaited.Expression, whenTrue, call, body, semantics),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => Finds(not.Operand, !whenTrue, call, body, semantics),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } both => Finds(both.Left, whenTrue, call, body, semantics) || Finds(both.Right, whenTrue, call, body, semantics),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right: LiteralExpressionSyntax } compared => IsAnswer(compared.Left, !whenTrue, call, body),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression, Right: LiteralExpressionSyntax } compared => IsAnswer(compared.Left, whenTrue, call, body),
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax } compared => IsAnswer(compared.Expression, !whenTrue, call, body),
        IsPatternExpressionSyntax compared => IsAnswer(compared.Expression, whenTrue, call, body),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "HasValue" } member => IsAnswer(member.Expression, whenTrue, call, body),
        InvocationExpressionSyntax look => LooksUp(look, whenTrue, call, body, semantics),
        _ => MentionsCache(condition),
    };

    private static bool LooksUp(InvocationExpressionSyntax look, bool whenTrue, SyntaxNode call, SyntaxNode body, SemanticModel semantics)
    {
        if (MentionsCache(look))
        {
            return true;
        }

        if (SyntaxNames.GetCalledName(look) is "IsNullOrEmpty" or "IsNullOrWhiteSpace" && look.ArgumentList.Arguments.Count == 1)
        {
            return IsAnswer(look.ArgumentList.Arguments[0].Expression, !whenTrue, call, body);
        }

        return look.Expression is MemberAccessExpressionSyntax { Expression: { } source, Name.Identifier.ValueText: { } method }
            && (whenTrue ? LookUps : Reservations).Contains(method)
            && !(look.ArgumentList.Arguments is { Count: 1 } keys && keys[0].Expression is LiteralExpressionSyntax)
            && semantics.GetTypeInfo(source).Type is not { SpecialType: SpecialType.System_String } and var type
            && !HoldsClients(type) && Remembers(source, body, semantics);
    }

    // What is looked up there is who is asked, not what was answered.
    private static bool HoldsClients(ITypeSymbol? map) => map is INamedTypeSymbol { TypeArguments: { Length: > 0 } held }
        && held[held.Length - 1] is { } value && KnownApis.IsOfSdk(value) && ClientWords.Any(value.Name.EndsWith);

    // What the loop fills is a memory; so may be whatever other code fills.
    private static bool Remembers(ExpressionSyntax source, SyntaxNode body, SemanticModel semantics) => semantics.GetSymbolInfo(source).Symbol switch
    {
        ILocalSymbol { Name: { } name } => IsFilledIn(body, name),
        IFieldSymbol { DeclaredAccessibility: Accessibility.Private } field when FindType(field) is { } type && type.SyntaxTree == body.SyntaxTree => IsFilledIn(type, field.Name),
        _ => true,
    };

    private static TypeDeclarationSyntax? FindType(IFieldSymbol field) =>
        field.ContainingType.DeclaringSyntaxReferences is { Length: 1 } declarations ? declarations[0].GetSyntax() as TypeDeclarationSyntax : null;

    private static bool IsFilledIn(SyntaxNode scope, string map) => scope.DescendantNodes().OfType<IdentifierNameSyntax>().Any(use => use.Identifier.ValueText == map && Filled(use) switch
    {
        ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } element => assignment.Left == element,
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: { } method } => Reservations.Contains(method) || method is "Set" or "AddOrUpdate" or "GetOrAdd",
        AssignmentExpressionSyntax assignment => assignment.Left.Span.Contains(use.Span) && assignment.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null,
        ArgumentSyntax => true,
        _ => false,
    });

    private static SyntaxNode? Filled(IdentifierNameSyntax use) => use.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } self && self.Name == use ? self.Parent : use.Parent;

    // What is compared with null is what the answer is put into, or came from a store.
    private static bool IsAnswer(ExpressionSyntax compared, bool isKnown, SyntaxNode call, SyntaxNode body) => isKnown && (MentionsCache(compared) || IsFilledLater(compared, call, body));

    private static bool IsFilledLater(ExpressionSyntax compared, SyntaxNode call, SyntaxNode body) => body.DescendantNodesAndSelf().OfType<AssignmentExpressionSyntax>()
        .Any(assignment => assignment.Span.End > call.SpanStart && assignment.Left.ToString() == compared.ToString());

    private static bool MentionsCache(SyntaxNode condition) => condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(static name => name.Identifier.ValueText.IndexOf("cache", StringComparison.OrdinalIgnoreCase) >= 0);

    private static bool Leaves(StatementSyntax statement) => statement.DescendantNodesAndSelf().Any(static node => node is ContinueStatementSyntax or ReturnStatementSyntax or BreakStatementSyntax or ThrowStatementSyntax);
}
