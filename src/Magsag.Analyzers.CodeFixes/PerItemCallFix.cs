using System.Collections.Immutable;
using Magsag.Analyzers.Loops;
using Magsag.Analyzers.Rules;
using Magsag.Analyzers.Syntax;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Sends all items before the loop, in one request.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PerItemCallFix))]
internal sealed class PerItemCallFix : DocumentFix
{
    private const string Result = "embedding";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(PerItemCallRule.Id);

    internal override string Title => "Ask for all items in one request";

    // foreach (var x in items) { var v = await g.GenerateVectorAsync(x.Text); … } → foreach (var (x, embedding) in items.Zip(await g.GenerateAsync(items.Select(x => x.Text)))) { var v = embedding.Vector; … }
    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.GetProperty(DiagnosticProperties.Fix) is not { } many || diagnostic.GetProperty(DiagnosticProperties.BatchItem) is not { } item
            || diagnostic.FindNode(root) is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access, ArgumentList.Arguments: { Count: > 0 } arguments } call
            || FindAwait(call) is not { } awaited
            || diagnostic.FindTarget(root) is not ForEachStatementSyntax { Expression: IdentifierNameSyntax or MemberAccessExpressionSyntax } loop
            || !RunsOnceInEveryRound(awaited, loop)
            || !IsReadTwice(loop, semantics, cancellationToken)
            || semantics.LookupSymbols(loop.SpanStart, name: Result).Length > 0 || loop.DescendantTokens().Any(static token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == Result)
            || !IsKnownBefore(access.Expression, loop, semantics, cancellationToken) || !arguments.Skip(1).All(argument => IsKnownBefore(argument.Expression, loop, semantics, cancellationToken))
            || FindReplaced(awaited, diagnostic.GetProperty(DiagnosticProperties.BatchResult), semantics, cancellationToken) is not { } replaced
            || FindText(arguments[0].Expression, awaited, loop, semantics, cancellationToken) is not { } text)
        {
            return null;
        }

        string items = loop.Expression.WithoutTrivia().ToString();
        string variable = loop.Identifier.ValueText;
        bool takesList = diagnostic.GetProperty(DiagnosticProperties.BatchList) is not null;
        string texts = text is IdentifierNameSyntax && !takesList ? items : $"{items}{(text is IdentifierNameSyntax ? "" : $".Select({variable} => {text.WithoutTrivia()})")}{(takesList ? ".ToList()" : "")}";
        string answer = $"await {access.Expression.WithoutTrivia()}.{many}({string.Join(", ", arguments.Skip(1).Select(static argument => argument.WithoutTrivia().ToString()).Prepend(texts))}){(awaited.Expression == call ? "" : ".ConfigureAwait(false)")}";
        string pairs = $"{items}.Zip({(diagnostic.GetProperty(DiagnosticProperties.BatchItems) is { } member ? $"({answer}).{member}" : answer)})";
        return new FixEdit(loop, editor =>
        {
            StatementSyntax body = loop.Statement.ReplaceNode(replaced, SyntaxFactory.ParseExpression(item.Replace("{0}", Result)).WithTriviaFrom(replaced));
            var each = (ForEachVariableStatementSyntax)SyntaxFactory.ParseStatement($"foreach (var ({variable}, {Result}) in {pairs}) {{ }}");
            editor.ReplaceNode(loop, each.WithForEachKeyword(loop.ForEachKeyword).WithCloseParenToken(loop.CloseParenToken).WithStatement(body).WithTriviaFrom(loop));
        });
    }

    private static AwaitExpressionSyntax? FindAwait(InvocationExpressionSyntax call) => call.Parent switch
    {
        AwaitExpressionSyntax awaited => awaited,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax { Parent: AwaitExpressionSyntax awaited, ArgumentList.Arguments: { Count: 1 } arguments } } when arguments[0].Expression.IsKind(SyntaxKind.FalseLiteralExpression) => awaited,
        _ => null,
    };

    // What an item of the batch stands for: the awaited answer, or the member with its result.
    private static ExpressionSyntax? FindReplaced(AwaitExpressionSyntax awaited, string? resultMember, SemanticModel semantics, CancellationToken cancellationToken)
    {
        ExpressionSyntax answer = awaited.Parent is ParenthesizedExpressionSyntax parenthesized ? parenthesized : awaited;
        if (resultMember is null)
        {
            return answer;
        }

        if (answer.Parent is MemberAccessExpressionSyntax member && member.Name.Identifier.ValueText == resultMember)
        {
            return member;
        }

        // `OpenAIEmbedding embedding = await …` converts to the result.
        return answer == awaited && awaited.Parent is EqualsValueClauseSyntax && semantics.GetTypeInfo(awaited, cancellationToken) is { Type: INamedTypeSymbol { TypeArguments: { Length: 1 } results }, ConvertedType: { } converted }
            && SymbolEqualityComparer.Default.Equals(results[0], converted) ? awaited : null;
    }

    // A list, in a variable or a member that the loop leaves alone.
    private static bool IsReadTwice(ForEachStatementSyntax loop, SemanticModel semantics, CancellationToken cancellationToken) => CanZip(loop, semantics)
        && semantics.GetTypeInfo(loop.Expression, cancellationToken).Type is { } type && IsList(type)
        && semantics.GetForEachStatementInfo(loop).ElementConversion.IsIdentity
        && loop.Expression.DescendantNodesAndSelf().All(static node => node is IdentifierNameSyntax or MemberAccessExpressionSyntax or ThisExpressionSyntax)
        && loop.Expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().All(name => !LoopInvariance.IsChangedIn(name.Identifier.ValueText, loop.Statement));

    // .NET Framework has no Zip that makes pairs.
    private static bool CanZip(ForEachStatementSyntax loop, SemanticModel semantics) => semantics.LookupNamespacesAndTypes(loop.SpanStart, name: "Enumerable").OfType<INamedTypeSymbol>()
        .Any(static type => type.GetMembers("Zip").OfType<IMethodSymbol>().Any(static method => method.Parameters.Length == 2));

    // Else one request for all would ask for more than the loop does.
    private static bool RunsOnceInEveryRound(AwaitExpressionSyntax call, ForEachStatementSyntax loop) =>
        call.FirstAncestorOrSelf<StatementSyntax>() is LocalDeclarationStatementSyntax or ExpressionStatementSyntax
        && call.FirstAncestorOrSelf<StatementSyntax>() is var statement && (statement == loop.Statement || statement!.Parent == loop.Statement)
        && !call.Ancestors().TakeWhile(node => node != statement).Any(static node => node is AnonymousFunctionExpressionSyntax or ConditionalExpressionSyntax or ConditionalAccessExpressionSyntax or SwitchExpressionSyntax
            or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression or (int)SyntaxKind.CoalesceExpression }
            or AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression })
        && !loop.Statement.DescendantNodes(static node => node is not AnonymousFunctionExpressionSyntax)
            .Any(static node => node is BreakStatementSyntax or ContinueStatementSyntax or ReturnStatementSyntax or GotoStatementSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or YieldStatementSyntax);

    // What is embedded, computed from the item alone: the argument itself, or what the local in it is initialized with.
    private static ExpressionSyntax? FindText(ExpressionSyntax argument, AwaitExpressionSyntax call, ForEachStatementSyntax loop, SemanticModel semantics, CancellationToken cancellationToken)
    {
        string item = loop.Identifier.ValueText;
        StatementSyntax statement = call.FirstAncestorOrSelf<StatementSyntax>()!;
        if (statement.Parent is BlockSyntax block && block.Statements.TakeWhile(before => before != statement).Any(before => LoopInvariance.IsChangedIn(item, before)))
        {
            return null;
        }

        if (argument is IdentifierNameSyntax name && name.Identifier.ValueText != item)
        {
            argument = semantics.GetSymbolInfo(name, cancellationToken).Symbol is ILocalSymbol local && !LoopInvariance.IsChangedIn(local.Name, loop.Statement)
                && Initializers.FindDeclarator(local, semantics, cancellationToken)?.Initializer?.Value is { } initial && loop.Statement.Span.Contains(initial.Span) ? initial : argument;
        }

        return argument.DescendantNodesAndSelf().All(node => node switch
        {
            InvocationExpressionSyntax invocation => semantics.GetSymbolInfo(invocation, cancellationToken).Symbol?.ContainingType?.SpecialType == SpecialType.System_String,
            IdentifierNameSyntax { Identifier.ValueText: { } used } identifier => used == item || IsKnownBefore(identifier, loop, semantics, cancellationToken),
            MemberAccessExpressionSyntax or LiteralExpressionSyntax or ParenthesizedExpressionSyntax or BinaryExpressionSyntax or InterpolatedStringExpressionSyntax or InterpolatedStringContentSyntax
                or InterpolationFormatClauseSyntax or InterpolationAlignmentClauseSyntax or ArgumentListSyntax or ArgumentSyntax { RefKindKeyword.RawKind: 0 } or PredefinedTypeSyntax or ThisExpressionSyntax => true,
            _ => false,
        }) ? argument : null;
    }

    private static bool IsKnownBefore(ExpressionSyntax expression, ForEachStatementSyntax loop, SemanticModel semantics, CancellationToken cancellationToken) =>
        expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().All(name => semantics.GetSymbolInfo(name, cancellationToken).Symbol is { } symbol
            && !LoopInvariance.IsDeclaredIn(symbol, loop) && (symbol is not (ILocalSymbol or IParameterSymbol or IFieldSymbol) || !LoopInvariance.IsChangedIn(symbol.Name, loop.Statement)));

    // Reading it twice must give the same items both times.
    private static bool IsList(ITypeSymbol type) => type is IArrayTypeSymbol
        || type is INamedTypeSymbol { Name: "List" or "IList" or "IReadOnlyList" or "IReadOnlyCollection" or "ICollection" or "ImmutableArray", TypeArguments.Length: 1 };
}
