using System.Collections.Immutable;
using Magsag.Analyzers.Rules;
using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Puts a cache that is in scope around the client; where there is none, keeps the answers in a dictionary beside the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UncachedLoopFix))]
internal sealed class UncachedLoopFix : DocumentFix
{
    private const string CachedClient = "cachedClient";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UncachedLoopRule.Id);

    internal override string Title => "Cache the answers";

    // Before a loop in top-level statements there is no cache in scope that a statement could be made of.
    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken) => diagnostic.FindCallAndLoop(root) is not var (invocation, loop) ? null
        : diagnostic.GetProperty(DiagnosticProperties.Cache) is { } cache && loop.Parent is BlockSyntax ? WrapInCache(semantics, invocation, loop, cache, cancellationToken)
        : new RememberedAnswers(semantics, invocation, loop, cancellationToken).CreateEdit();

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
            .WithTrailingTrivia(LineEnds.Of(before))
            .WithAdditionalAnnotations(Formatter.Annotation);
        return new FixEdit(before, editor =>
        {
            editor.InsertBefore(before, declaration);
            editor.ReplaceNode(client, SyntaxFactory.IdentifierName(name).WithTriviaFrom(client));
        });
    }
}
