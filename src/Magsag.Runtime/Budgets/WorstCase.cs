using Magsag.Pricing;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>The most that one call can take: its counted input, all of it written to the provider's cache where that is dearer, and its cap.</summary>
internal static class WorstCase
{
    private static readonly string?[] ServiceTiers = [null, "flex", "priority"];

    /// <summary>The most tokens that a conversation with its tools and its schema is read as.</summary>
    public static long InputTokens(IReadOnlyList<ChatMessage> messages, ChatOptions? options, string? model, ModelPrice? price) =>
        PromptTokens.Count(messages, options, TokenCounter.For(model), PromptMargin.Most(price)) ?? UncountedInput(price, model);

    /// <summary>The most tokens of values to embed; null for one that isn't text.</summary>
    public static long InputTokens(IReadOnlyCollection<string?> values, string? model, ModelPrice? price) =>
        PromptTokens.Count(values, TokenCounter.For(model), PromptMargin.Most(price)) ?? (values.Count * UncountedInput(price, model));

    /// <summary>The dearest terms that a call can be billed at: options of the provider's own may ask for any service tier.</summary>
    public static PriceTerms TermsOf(ModelPrice? price, ChatOptions? options, long input, long output, BudgetOptions budget)
    {
        var usual = new PriceTerms(budget.Time.GetUtcNow(), budget.ServiceTier);
        bool mayChoose = options?.RawRepresentationFactory is not null || options?.AdditionalProperties is { Count: > 0 };
        return price is null || !mayChoose
            ? usual
            : ServiceTiers.Select(tier => usual with { ServiceTier = tier }).Append(usual).MaxBy(terms => CostOf(price, input, output, terms) ?? 0m);
    }

    /// <summary>The cost of the worst case; null when the model has no price.</summary>
    public static decimal? CostOf(ModelPrice price, long input, long output, in PriceTerms terms)
    {
        var fresh = new Usage { InputTokens = input, OutputTokens = output };
        decimal? plain = CostOf(price, fresh, terms);
        decimal? written = CostOf(price, fresh with { CacheWriteTokens = input }, terms);
        decimal? writtenForLong = CostOf(price, fresh with { CacheWriteTokens = input, CacheWriteOneHourTokens = input }, terms);
        return new[] { plain, written, writtenForLong }.Max();
    }

    /// <summary>The cost at a service tier; at the standard one for a model that has no price at that tier.</summary>
    public static decimal? CostOf(ModelPrice price, in Usage usage, in PriceTerms terms) =>
        price.CostOf(usage, terms) ?? price.CostOf(usage, terms with { ServiceTier = null });

    // Nobody here can count a picture or a recording, but no call takes more than the model's context window.
    private static long UncountedInput(ModelPrice? price, string? model) => price?.ContextWindow
        ?? throw new BudgetExceededException($"The call to '{model}' has content other than text, and the catalogue doesn't know the model's context window, so its worst case isn't known. Give the model a 'context_window' in magsag.prices.yaml.");
}
