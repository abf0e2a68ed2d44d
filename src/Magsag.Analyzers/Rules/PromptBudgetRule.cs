using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers;

/// <summary>MAG008: a prompt whose constant text alone is over the budget.</summary>
internal sealed class PromptBudgetRule : ICallRule
{
    public const string Id = "MAG008";

    public DiagnosticDescriptor Descriptor { get; } = Rule.Describe(
        Id,
        "Prompt is over its token budget",
        DiagnosticSeverity.Info,
        "Constant text is paid for with every call. Shorten it, or let the provider cache it.");

    public Diagnostic? Judge(LlmCall call, RuleContext context)
    {
        if (call.Api.Kind != ApiKind.Text)
        {
            return null;
        }

        int tokens = call.PromptOf(context).Sum(piece => TokensOf(piece, call.Semantics, context.CancellationToken));
        int budget = context.Settings.MaxPromptTokens;
        if (tokens <= budget)
        {
            return null;
        }

        string cost = ModelPrices.RatesOf(call.Model)?.Input is { } rate
            ? $": {ModelPrices.Dollars(Math.Round(tokens * rate / 1_000_000m, 4))} a call on {call.Model} before it says anything new"
            : "";
        return Diagnostic.Create(Descriptor, call.Location, [], ImmutableDictionary<string, string?>.Empty, $"About {Count(tokens)} tokens of constant text, the budget is {Count(budget)}{cost}");
    }

    private static int TokensOf(SyntaxNode node, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (node is InterpolatedStringTextSyntax text)
        {
            return TokenEstimate.Of(text.TextToken.ValueText);
        }

        if (node is ExpressionSyntax expression and not InterpolatedStringExpressionSyntax && semantics.GetConstantValue(expression, cancellationToken) is { HasValue: true, Value: { } value })
        {
            return value is string constant ? TokenEstimate.Of(constant) : 0;
        }

        // The arguments of a function that reads or makes text aren't the text.
        return node is InvocationExpressionSyntax or AnonymousFunctionExpressionSyntax or ElementAccessExpressionSyntax ? 0 : node.ChildNodes().Sum(child => TokensOf(child, semantics, cancellationToken));
    }

    private static string Count(int tokens) => tokens.ToString("#,##0", CultureInfo.InvariantCulture);
}
