using Magsag.Analyzers.Calls;
using Magsag.Analyzers.Sdks;
using Magsag.Pricing.Tokens;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Magsag.Analyzers.Rules;

/// <summary>MAG008: a prompt whose constant text alone is over the budget.</summary>
internal sealed class PromptBudgetRule : ICallRule
{
    public const string Id = "MAG008";

    private static readonly DiagnosticDescriptor OverBudget = RuleDescriptor.Create(
        Id,
        "Prompt is over its token budget",
        "About {0} tokens of constant text, the budget is {1}",
        DiagnosticSeverity.Info,
        "Constant text is paid for with every call. Shorten it, or let the provider cache it.");

    private static readonly DiagnosticDescriptor OverBudgetWithCost = OverBudget.WithMessage(OverBudget.MessageFormat + ": {2} a call on {3} before it says anything new");

    public DiagnosticDescriptor Descriptor => OverBudget;

    public Diagnostic? Analyze(LlmCall call, FileContext context)
    {
        if (call.Api.Kind != ApiKind.Text)
        {
            return null;
        }

        int tokens = call.GetPrompt(context).Sum(expression => CountTokens(expression, call.Semantics, context.CancellationToken));
        int budget = context.Settings.MaxPromptTokens;
        if (tokens <= budget)
        {
            return null;
        }

        return ModelPrices.GetRates(call.Model)?.Input is { } rate
            ? Diagnostic.Create(OverBudgetWithCost, call.Location, ModelPrices.FormatTokens(tokens), ModelPrices.FormatTokens(budget), ModelPrices.FormatCost(tokens, rate, decimals: 4), call.Model)
            : Diagnostic.Create(OverBudget, call.Location, ModelPrices.FormatTokens(tokens), ModelPrices.FormatTokens(budget));
    }

    private static int CountTokens(SyntaxNode node, SemanticModel semantics, CancellationToken cancellationToken)
    {
        if (node is InterpolatedStringTextSyntax text)
        {
            return TokenEstimate.Count(text.TextToken.ValueText);
        }

        if (node is ExpressionSyntax expression and not InterpolatedStringExpressionSyntax && semantics.GetConstantValue(expression, cancellationToken) is { HasValue: true, Value: { } value })
        {
            return value is string constant ? TokenEstimate.Count(constant) : 0;
        }

        // The arguments of a function that reads or makes text aren't the text.
        return node is InvocationExpressionSyntax or AnonymousFunctionExpressionSyntax or ElementAccessExpressionSyntax ? 0 : node.ChildNodes().Sum(child => CountTokens(child, semantics, cancellationToken));
    }
}
