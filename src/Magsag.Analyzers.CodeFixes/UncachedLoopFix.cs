using System.Collections.Immutable;
using Magsag.Analyzers.Rules;
using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Moves a call that is the same in every round before the loop, or puts a cache that is in scope around the client.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UncachedLoopFix))]
internal sealed class UncachedLoopFix : DocumentFix
{
    private const string CachedClient = "cachedClient";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UncachedLoopRule.Id);

    internal override string Title => "Don't pay twice for the same answer";

    internal override string GetTitle(Diagnostic diagnostic) => diagnostic.GetProperty(DiagnosticProperties.Fix) == UncachedLoopRule.Hoist
        ? "Ask once before the loop"
        : "Cache the answers";

    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.FindNode(root) is not InvocationExpressionSyntax invocation
            || diagnostic.FindTarget(root) is not { } loop
            || loop.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } before)
        {
            return null;
        }

        return diagnostic.GetProperty(DiagnosticProperties.Fix) switch
        {
            UncachedLoopRule.Hoist => Hoist(semantics, invocation, loop, before),
            UncachedLoopRule.WrapInCache when diagnostic.GetProperty(DiagnosticProperties.Cache) is { } cache => WrapInCache(semantics, invocation, before, cache, cancellationToken),
            _ => null,
        };
    }

    // Only a declaration of its own in the loop's body can be moved without changing what else happens.
    private static FixEdit? Hoist(SemanticModel semantics, InvocationExpressionSyntax invocation, SyntaxNode loop, StatementSyntax before)
    {
        if (invocation.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { Declaration.Variables: { Count: 1 } variables } declaration
            || declaration.Parent is not BlockSyntax body || body.Parent != loop || loop != before
            || declaration.UsingKeyword.RawKind != 0
            || !IsOnlyTheCall(variables[0].Initializer?.Value, invocation)
            || semantics.LookupSymbols(before.SpanStart, name: variables[0].Identifier.ValueText).Any(static symbol => symbol is ILocalSymbol or IParameterSymbol)
            || IsDeclaredBeside(before, body, variables[0].Identifier.ValueText)
            || IsWrittenTo(body, variables[0].Identifier.ValueText))
        {
            return null;
        }

        return new FixEdit(loop, editor =>
        {
            editor.InsertBefore(before, declaration.WithLeadingTrivia(before.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Concat(GetComments(declaration))).WithAdditionalAnnotations(Formatter.Annotation));
            editor.RemoveNode(declaration, SyntaxRemoveOptions.KeepNoTrivia);
        });
    }

    private static bool IsOnlyTheCall(ExpressionSyntax? value, InvocationExpressionSyntax invocation) => value switch
    {
        AwaitExpressionSyntax awaited => IsOnlyTheCall(awaited.Expression, invocation),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } access } => IsOnlyTheCall(access.Expression, invocation),
        _ => value == invocation,
    };

    private static bool IsDeclaredBeside(StatementSyntax loop, BlockSyntax body, string name) => loop.Parent!.DescendantNodes()
        .Where(node => !body.Contains(node))
        .Any(node => (node is VariableDeclaratorSyntax variable && variable.Identifier.ValueText == name) || (node is SingleVariableDesignationSyntax designation && designation.Identifier.ValueText == name));

    private static bool IsWrittenTo(BlockSyntax body, string name) => body.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment => assignment.Left is IdentifierNameSyntax target && target.Identifier.ValueText == name);

    private static IEnumerable<SyntaxTrivia> GetComments(SyntaxNode node)
    {
        SyntaxTriviaList trivia = node.GetLeadingTrivia();
        int first = trivia.ToList().FindIndex(static part => part.IsKind(SyntaxKind.SingleLineCommentTrivia) || part.IsKind(SyntaxKind.MultiLineCommentTrivia));
        return first < 0 ? [] : trivia.Skip(first);
    }

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
