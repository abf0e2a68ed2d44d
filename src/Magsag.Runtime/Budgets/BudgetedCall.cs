using Magsag.Gating;
using Magsag.Pricing;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>A call as it will be made, with its worst case.</summary>
/// <param name="Options">The options to send.</param>
/// <param name="Attribution">Whom it is attributed to.</param>
/// <param name="Price">The model's price; null when it has none.</param>
/// <param name="ServiceTier">The dearest service tier that it can reach; null for the standard one.</param>
/// <param name="Amount">The worst case.</param>
/// <param name="MaxOutputTokens">The most output tokens.</param>
internal sealed record BudgetedCall(ChatOptions? Options, CallAttribution Attribution, ModelPrice? Price, string? ServiceTier, BudgetAmount Amount, long MaxOutputTokens)
{
    /// <summary>What the call took by the usage that was reported; its worst case when none was, because nobody knows better.</summary>
    public BudgetAmount Actual(Usage? reported, string? model, PriceCatalog? prices, DateTimeOffset at)
    {
        if (reported is not { } usage)
        {
            return Amount;
        }

        ModelPrice? billed = model is null ? Price : prices?.Find(model, Price?.Provider) ?? Price;
        decimal? cost = billed is null ? null : WorstCase.CostOf(billed, usage, new PriceTerms(at, ServiceTier));
        return new BudgetAmount(cost ?? Amount.Usd, 1, usage.InputTokens + usage.OutputTokens);
    }

    /// <summary>The worst case, and more where more was reported or has arrived.</summary>
    public BudgetAmount AtLeast(Usage? reported, long outputTokens, DateTimeOffset at)
    {
        long mostInput = Amount.Tokens - MaxOutputTokens;
        long output = Math.Max(Math.Max(MaxOutputTokens, outputTokens), reported?.OutputTokens ?? 0);
        var terms = new PriceTerms(at, ServiceTier);
        decimal? cost = Price is null ? null
            : reported is { } known ? WorstCase.CostOf(Price, known with { OutputTokens = output }, terms)
            : output > MaxOutputTokens ? WorstCase.CostOf(Price, mostInput, output, terms)
            : Amount.Usd;
        return new BudgetAmount(Math.Max(cost ?? 0m, Amount.Usd), Amount.Calls, Math.Max(mostInput, reported?.InputTokens ?? 0) + output);
    }
}
