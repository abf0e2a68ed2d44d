using System.Collections.Immutable;
using Magsag.Analyzers.Rules;
using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Puts a cache that is in scope around the client.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UncachedLoopFix))]
internal sealed class UncachedLoopFix : DocumentFix
{
    private const string CachedClient = "cachedClient";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UncachedLoopRule.Id);

    internal override string Title => "Cache the answers";

    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        diagnostic.GetProperty(DiagnosticProperties.Cache) is { } cache
        && diagnostic.FindNode(root) is InvocationExpressionSyntax invocation
        && diagnostic.FindTarget(root)?.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax } before
            ? WrapInCache(semantics, invocation, before, cache, cancellationToken)
            : null;

    // The file's own kind of line end.
    private static SyntaxTrivia FindEndOfLine(SyntaxNode node)
    {
        SyntaxTrivia found = node.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return found.IsKind(SyntaxKind.EndOfLineTrivia) ? found : SyntaxFactory.LineFeed;
    }

    private static FixEdit? WrapInCache(SemanticModel semantics, InvocationExpressionSyntax invocation, StatementSyntax before, string cache, CancellationToken cancellationToken)
    {
        if (invocation.Expression is not MemberAccessExpressionSyntax { Expression: { } client }
            || client is not (IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax })
            || semantics.GetTypeInfo(client, cancellationToken).Type is not { } type
            || PipelineFix.FindPipeline(semantics, before.SpanStart) is not { } pipeline || !pipeline.Clients.Select(SdkNames.GetLast).Contains(type.Name)
            || semantics.GetSymbolInfo(client, cancellationToken).Symbol is not { } symbol
            || symbol.DeclaringSyntaxReferences.Any(reference => before.Span.Contains(reference.Span)))
        {
            return null;
        }

        string name = CachedClient;
        for (int number = 2; semantics.LookupSymbols(before.SpanStart, name: name).Length > 0; number++)
        {
            name = CachedClient + number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        string typeName = type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        StatementSyntax declaration = QualifiedNames.Simplifiable(SyntaxFactory.ParseStatement($"{typeName} {name} = {client}.{pipeline.ToBuilder}().{pipeline.CacheStep}({cache}).{pipeline.Build}();"))
            .WithLeadingTrivia(before.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)))
            .WithTrailingTrivia(FindEndOfLine(before))
            .WithAdditionalAnnotations(Formatter.Annotation);
        return new FixEdit(before, editor =>
        {
            editor.InsertBefore(before, declaration);
            editor.ReplaceNode(client, SyntaxFactory.IdentifierName(name).WithTriviaFrom(client));
        });
    }
}
