using Magsag.Pricing.Catalogue;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Budgets.Demands;

/// <summary>The most input tokens that a prompt is read as.</summary>
internal static class PromptDemand
{
    /// <summary>The tokens of a conversation with its tools, its schema and what options of the provider's own add; null when they can't be counted here.</summary>
    public static long? Count(IReadOnlyList<ChatMessage> messages, ChatOptions? options, string? rawOptions, string? model, ModelPrice? price)
    {
        var counter = TokenCounter.AtMost(model);
        PromptMargin margin = PromptMargin.Most(price);
        return PromptTokens.Count(messages, options, counter, margin) + ((long)counter.Count(rawOptions) * margin.Factor);
    }

    /// <summary>The tokens of texts; null when one of them is none.</summary>
    public static long? Count(IEnumerable<string?> values, string? model, ModelPrice? price) =>
        PromptTokens.Count(values, TokenCounter.AtMost(model), PromptMargin.Most(price));

    /// <summary>The model's context window, which no call exceeds.</summary>
    /// <exception cref="BudgetExceededException">The catalogue doesn't know it.</exception>
    public static long Window(ModelPrice? price, string? model, string what) => price?.ContextWindow is { } window and > 0
        ? window
        : throw new BudgetExceededException($"The call to '{model}' {what}, and the catalogue doesn't know the model's context window, so its worst case isn't known. Give the model a 'context_window' in magsag.prices.yaml.");
}
