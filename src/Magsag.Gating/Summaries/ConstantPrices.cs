using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>Prices recorded tokens with one catalogue at one point in time, so that both sides of a comparison cost the same per token.</summary>
internal static class ConstantPrices
{
    /// <summary>The cost of an entry's metered calls, or null when their model has no known price.</summary>
    public static decimal? CostOf(PriceCatalog catalog, in EntryKey key, TokenTotals totals, DateTimeOffset at)
    {
        if (totals.Calls == 0 || totals.TotalTokens == 0)
        {
            return 0m;
        }

        var terms = new PriceTerms(at, key.ServiceTier, key.Batch);
        long metered = Math.Max(1, totals.Calls - totals.UnmeteredCalls);
        return key.Model is { } model ? catalog.CostOfTotals(model, totals.ToUsage(), metered, terms, key.Provider) : null;
    }
}
