using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>Prices recorded tokens with one catalogue at one point in time, so that both sides of a comparison cost the same per token.</summary>
internal static class ConstantPrices
{
    /// <summary>The cost of an entry's calls: what its model costs today, what was estimated, and what is missing.</summary>
    public static Cost CostOf(PriceCatalog catalog, in EntryKey key, TokenTotals totals, DateTimeOffset at)
    {
        Cost unmetered = RecordedCost.Unmetered(key.Model, totals);
        if (totals.Calls == 0 || totals.TotalTokens == 0)
        {
            return unmetered;
        }

        var terms = new PriceTerms(at, key.ServiceTier, key.Batch, key.Region);
        long metered = Math.Max(1, totals.Calls - totals.UnmeteredCalls);
        Cost priced = catalog.PriceOfTotals(new BilledCall(RecordedCost.NameOf(key.Model), totals.ToUsage(), terms, key.Provider), metered);
        return priced + unmetered + (totals.EstimatedCalls > 0 ? Cost.Estimated(0m) : default);
    }
}
