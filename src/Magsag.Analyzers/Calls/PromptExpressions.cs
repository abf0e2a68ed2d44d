using Magsag.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Magsag.Analyzers.Calls;

/// <summary>Finds the expressions in one file that make up a call's prompt: its arguments, and what was added to the variables among them.</summary>
internal sealed class PromptExpressions(LlmCall call, KnownApis apis, CancellationToken cancellationToken)
{
    // Bounds the work for prompts that are assembled from very many pieces.
    private const int MaxPieces = 64;

    private readonly List<ExpressionSyntax> _pieces = [];
    private readonly HashSet<SyntaxNode> _seen = [];

    /// <summary>The expressions, each once.</summary>
    public static IReadOnlyList<ExpressionSyntax> Find(LlmCall call, KnownApis apis, CancellationToken cancellationToken)
    {
        var prompt = new PromptExpressions(call, apis, cancellationToken);
        foreach (IArgumentOperation argument in call.Operation.Arguments)
        {
            bool isClient = call.Operation.TargetMethod.IsExtensionMethod && argument.Parameter?.Ordinal == 0;
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && !isClient && (!apis.IsOptions(argument.Parameter?.Type, call.Api) || call.Api.CapIsRequired)
                && argument.Value.Syntax is ExpressionSyntax expression)
            {
                prompt.Add(expression);
            }
        }

        return prompt._pieces;
    }

    private void Add(ExpressionSyntax expression)
    {
        if (_pieces.Count >= MaxPieces || !_seen.Add(expression))
        {
            return;
        }

        _pieces.Add(expression);
        foreach (IdentifierNameSyntax name in expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (call.Semantics.GetSymbolInfo(name, cancellationToken).Symbol is ILocalSymbol local && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is VariableDeclaratorSyntax declarator)
            {
                AddVariable(local, declarator);
            }
        }
    }

    private void AddVariable(ILocalSymbol local, VariableDeclaratorSyntax declarator)
    {
        if (!_seen.Add(declarator) || apis.IsOptions(local.Type, call.Api))
        {
            return;
        }

        if (declarator.Initializer?.Value is { } initial)
        {
            Add(initial);
        }

        SyntaxNode? scope = declarator.Ancestors().FirstOrDefault(static node => node is BlockSyntax or CompilationUnitSyntax);
        foreach (InvocationExpressionSyntax added in scope?.DescendantNodes().OfType<InvocationExpressionSyntax>() ?? [])
        {
            if (added.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: { } owner }, Name.Identifier.ValueText: { } method }
                && owner == local.Name && IsAdder(method))
            {
                foreach (ArgumentSyntax argument in added.ArgumentList.Arguments)
                {
                    Add(argument.Expression);
                }
            }
        }
    }
    private bool IsAdder(string method) => method is "Add" or "Insert" or "Append" or "AppendLine" || apis.MessageAdders.Contains(method);
}
