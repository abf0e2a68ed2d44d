using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers;

/// <summary>Finds the expressions in one file that a call's prompt is made of: its arguments, and what was put into the variables among them.</summary>
internal sealed class PromptSyntax(LlmCall call, KnownApis apis, CancellationToken cancellationToken)
{
    // A prompt that is put together from more pieces than this isn't read by anybody in the editor either.
    private const int MostPieces = 64;

    private static readonly HashSet<string> Adders = new(StringComparer.Ordinal) { "Add", "AddUserMessage", "AddSystemMessage", "AddAssistantMessage", "AddDeveloperMessage", "Insert", "Append", "AppendLine" };

    private readonly List<ExpressionSyntax> _pieces = [];
    private readonly HashSet<SyntaxNode> _seen = [];

    /// <summary>The pieces, each once, in no piece of another.</summary>
    public static IReadOnlyList<ExpressionSyntax> Of(LlmCall call, KnownApis apis, CancellationToken cancellationToken)
    {
        var prompt = new PromptSyntax(call, apis, cancellationToken);
        foreach (IArgumentOperation argument in call.Operation.Arguments)
        {
            bool isClient = call.Operation.TargetMethod.IsExtensionMethod && argument.Parameter?.Ordinal == 0;
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && !isClient && (!apis.IsOptions(argument.Parameter?.Type, call.Api) || call.Api.CapIsRequired)
                && argument.Value.Syntax is ExpressionSyntax expression)
            {
                prompt.Take(expression);
            }
        }

        return prompt._pieces;
    }

    private void Take(ExpressionSyntax expression)
    {
        if (_pieces.Count >= MostPieces || !_seen.Add(expression))
        {
            return;
        }

        _pieces.Add(expression);
        foreach (IdentifierNameSyntax name in expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (call.Semantics.GetSymbolInfo(name, cancellationToken).Symbol is ILocalSymbol local && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax declarator)
            {
                TakeVariable(local, declarator);
            }
        }
    }

    private void TakeVariable(ILocalSymbol local, VariableDeclaratorSyntax declarator)
    {
        if (!_seen.Add(declarator) || apis.IsOptions(local.Type, call.Api))
        {
            return;
        }

        if (declarator.Initializer?.Value is { } initial)
        {
            Take(initial);
        }

        SyntaxNode? scope = declarator.Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax);
        foreach (InvocationExpressionSyntax added in scope?.DescendantNodes().OfType<InvocationExpressionSyntax>() ?? [])
        {
            if (added.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: { } owner }, Name.Identifier.ValueText: { } method }
                && owner == local.Name && Adders.Contains(method))
            {
                foreach (ArgumentSyntax argument in added.ArgumentList.Arguments)
                {
                    Take(argument.Expression);
                }
            }
        }
    }
}
