using Magsag.Pricing.Costs;

namespace Magsag.Ledger.Summaries;

/// <summary>Turns recorded totals into a cost that knows what it lacks.</summary>
internal static class RecordedCost
{
    /// <summary>The recorded amount with what is estimated in it or missing from it; refunds beyond the costs leave nothing.</summary>
    public static Cost From(CostSummary summary)
    {
        Cost known = Cost.Money(Math.Max(0m, summary.Totals.CostUsd));
        return summary.Entries.Count == 0
            ? known + KnowledgeOf(null, summary.Totals)
            : summary.Entries.Aggregate(known, static (sum, entry) => sum + KnowledgeOf(entry.Key.Model, entry.Totals));
    }

    private static Cost KnowledgeOf(string? model, TokenTotals totals)
    {
        Cost cost = totals.EstimatedCalls > 0 ? Cost.Estimated(0m) : default;
        if (totals.UnpricedCalls > 0)
        {
            cost += Cost.Unpriced(new MissingPrice(NameOf(model), MissingReason.RecordedWithoutPrice, totals.UnpricedCalls, totals.UnpricedTokens, "Recorded without a price."));
        }

        return cost + Unmetered(model, totals) + Bounded(model, totals);
    }

    /// <summary>The calls whose least cost is known only, as the part of a cost that is missing.</summary>
    public static Cost Bounded(string? model, TokenTotals totals) => totals.LowerBoundCalls <= 0
        ? default
        : Cost.Unpriced(new MissingPrice(NameOf(model), MissingReason.LowerBound, totals.LowerBoundCalls, 0, "Only a part of what was billed is known."));

    /// <summary>The calls of unknown usage, as the part of a cost that is missing.</summary>
    public static Cost Unmetered(string? model, TokenTotals totals) => totals.UnmeteredCalls == 0
        ? default
        : Cost.Unpriced(new MissingPrice(NameOf(model), MissingReason.NoUsage, totals.UnmeteredCalls, 0, "The provider reported no usage."));

    public static string NameOf(string? model) => model ?? "a model that no response named";
}
