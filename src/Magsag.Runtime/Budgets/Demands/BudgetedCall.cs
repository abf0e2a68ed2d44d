using Magsag.Ledger.Records;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Tokens;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Budgets.Demands;

/// <summary>A call as it will be made, with its worst case.</summary>
/// <param name="Options">The options to send.</param>
/// <param name="Attribution">Whom it is attributed to.</param>
/// <param name="Demand">What it can take.</param>
internal sealed record BudgetedCall(ChatOptions? Options, CallAttribution Attribution, CallDemand Demand)
{
    /// <summary>The worst case.</summary>
    public BudgetAmount Amount => Demand.Amount;

    /// <summary>The most output tokens.</summary>
    public long MaxOutputTokens => Demand.OutputTokens;

    /// <summary>What the call took by the usage that was reported; its worst case where that can't be right.</summary>
    /// <param name="usage">What was reported of the whole answer.</param>
    /// <param name="hasUntoldOutput">Whether the answer holds other things than text.</param>
    /// <param name="model">The model that answered.</param>
    /// <param name="prices">Where its price is found.</param>
    /// <param name="at">When it answered.</param>
    public BudgetAmount Actual(in Usage usage, bool hasUntoldOutput, string? model, PriceCatalog? prices, DateTimeOffset at)
    {
        if (usage.Problem is not null)
        {
            return Amount;
        }

        ModelPrice? billed = model is null ? Demand.Price : prices?.Find(model, Demand.Price?.Provider) ?? Demand.Price;
        bool isInputTold = !Demand.HasMedia || usage.InputAudioTokens + usage.InputImageTokens + usage.InputVideoTokens > 0;
        bool isOutputTold = !hasUntoldOutput || usage.OutputAudioTokens + usage.OutputImageTokens + usage.OutputVideoTokens > 0;

        // Whether a hosted tool ran isn't reported: its fee stays as it was reserved.
        Usage all = usage with { WebSearches = Math.Max(usage.WebSearches, Demand.WebSearches) };
        decimal? cost = billed is null ? null : WorstCase.CostOf(billed, all, Demand.Terms with { At = at }, !isInputTold, !isOutputTold) + Demand.ToolFeesUsd;
        return new BudgetAmount(cost ?? Amount.Usd, 1, usage.InputTokens + usage.OutputTokens);
    }

    /// <summary>What the answer took: as it was reported, or the worst case while the provider may still be billing, and more where more has arrived.</summary>
    /// <param name="used">What was reported and has arrived.</param>
    /// <param name="saysWhyItEnded">Whether the answer came to an end that the provider gave it.</param>
    /// <param name="besides">Output tokens that arrived besides.</param>
    /// <param name="prices">Where prices are found.</param>
    /// <param name="at">When it was answered.</param>
    public BudgetAmount Taken(UsageAccumulator used, bool saysWhyItEnded, long besides, PriceCatalog? prices, DateTimeOffset at)
    {
        MeasuredUsage measured = used.Measure(used.HasFinalReport, static _ => null);
        Usage? reported = measured.Usage;
        long arrived = used.CountOutput() + besides;

        // No two encodings differ by more than a factor of two: a report of less is wrong. One ahead of nothing is that of a connection that was lost.
        return used.HasFinalReport && !UsageIssue.IsLowerBound(measured.Issue) && reported is { Problem: null } final && (saysWhyItEnded || arrived > 0) && !used.HasMoreOutputThan((final.OutputTokens * 2) + 1 - besides)
            ? Actual(final, used.LacksOutput, used.Model, prices, at)
            : AtLeast(reported, arrived);
    }

    /// <summary>The worst case, and more where more was reported or has arrived.</summary>
    public BudgetAmount AtLeast(Usage? reported, long outputTokens)
    {
        reported = reported?.Problem is null ? reported : null;
        CallDemand more = Demand with
        {
            InputTokens = Math.Max(Demand.InputTokens, reported?.InputTokens ?? 0),
            OutputTokens = Math.Max(Math.Max(Demand.OutputTokens, outputTokens), reported?.OutputTokens ?? 0),
        };
        if (more == Demand)
        {
            return Amount;
        }

        decimal? cost = Demand.Price is null ? null
            : reported is { } known ? WorstCase.CostOf(Demand.Price, known with { OutputTokens = more.OutputTokens }, Demand.Terms) + Demand.ToolFeesUsd
            : WorstCase.CostOf(Demand.Price, more);
        return new BudgetAmount(Math.Max(cost ?? 0m, Amount.Usd), 1, more.InputTokens + more.OutputTokens);
    }
}
