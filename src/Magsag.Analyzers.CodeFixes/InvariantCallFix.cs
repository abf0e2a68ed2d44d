using System.Collections.Immutable;
using Magsag.Analyzers.Loops;
using Magsag.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Magsag.Analyzers.CodeFixes;

/// <summary>Moves a call that is the same for every item before the loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(InvariantCallFix))]
internal sealed class InvariantCallFix : DocumentFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(InvariantCallRule.Id);

    internal override string Title => "Ask once before the loop";

    // Only a declaration of its own in the loop's body can be moved without changing what else happens.
    internal override FixEdit? CreateEdit(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.FindCallAndLoop(root) is not var (invocation, loop) || loop.Parent is not BlockSyntax
            || invocation.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { Declaration.Variables: { Count: 1 } variables } declaration
            || declaration.Parent is not BlockSyntax body || body.Parent != loop
            || declaration.UsingKeyword.RawKind != 0
            || !IsOnlyTheCall(variables[0].Initializer?.Value, invocation)
            || semantics.LookupSymbols(loop.SpanStart, name: variables[0].Identifier.ValueText).Any(static symbol => symbol is ILocalSymbol or IParameterSymbol)
            || IsDeclaredBeside(loop, body, variables[0].Identifier.ValueText)
            || IsWrittenTo(body, variables[0].Identifier.ValueText)
            || invocation.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => semantics.GetSymbolInfo(name, cancellationToken).Symbol is ILocalSymbol used && LoopInvariance.IsDeclaredIn(used, loop)))
        {
            return null;
        }

        return new FixEdit(loop, editor =>
        {
            editor.InsertBefore(loop, declaration.WithLeadingTrivia(loop.GetLeadingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Concat(GetComments(declaration))).WithAdditionalAnnotations(Formatter.Annotation));
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
}
