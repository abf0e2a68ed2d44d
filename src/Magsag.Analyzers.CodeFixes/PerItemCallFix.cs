using System.Collections.Immutable;
using Magsag.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Sends all items before the loop, in one request.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PerItemCallFix))]
internal sealed class PerItemCallFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(PerItemCallRule.Id);

    internal override string Title => "Ask for all items in one request";

    // foreach (var x in items) { var v = await g.GenerateVectorAsync(x); … } → foreach (var (x, embedding) in items.Zip(await g.GenerateAsync(items))) { var v = embedding.Vector; … }
    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.GetProperty(DiagnosticProperties.Fix) is not { } many || diagnostic.GetProperty(DiagnosticProperties.BatchItem) is not { } item
            || diagnostic.FindNode(root) is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call
            || call.ArgumentList.Arguments.Count != 1
            || diagnostic.FindTarget(root) is not ForEachStatementSyntax { Statement: BlockSyntax body, Expression: IdentifierNameSyntax items } loop
            || call.Parent is not AwaitExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax declaration } } } awaited
            || declaration.Parent != body
            || semantics.LookupNamespacesAndTypes(loop.SpanStart, name: "Enumerable").IsEmpty || semantics.GetTypeInfo(items, cancellationToken).Type is not { } type || !IsListOfTexts(type)
            || semantics.LookupSymbols(loop.SpanStart, name: "embedding").Length > 0 || body.DescendantTokens().Any(static token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == "embedding"))
        {
            return null;
        }

        string value = item.Replace("{0}", "embedding");
        string pairs = $"{items}.Zip(await {access.Expression.WithoutTrivia()}.{many}({items}))";
        return new FixEdit(loop, editor =>
        {
            BlockSyntax block = body.ReplaceNode(awaited, SyntaxFactory.ParseExpression(value).WithTriviaFrom(awaited));
            var each = (ForEachVariableStatementSyntax)SyntaxFactory.ParseStatement($"foreach (var ({loop.Identifier.ValueText}, embedding) in {pairs}) {{ }}");
            editor.ReplaceNode(loop, each.WithForEachKeyword(loop.ForEachKeyword).WithCloseParenToken(loop.CloseParenToken).WithStatement(block).WithTriviaFrom(loop));
        });
    }

    // Reading it twice must give the same items both times.
    private static bool IsListOfTexts(ITypeSymbol type) =>
        type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String }
        || (type is INamedTypeSymbol { Name: "List" or "IList" or "IReadOnlyList" or "IReadOnlyCollection" or "ICollection" or "ImmutableArray", TypeArguments.Length: 1 } list && list.TypeArguments[0].SpecialType == SpecialType.System_String);
}
