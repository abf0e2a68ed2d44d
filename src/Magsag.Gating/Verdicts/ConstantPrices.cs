using Magsag.Ledger.Summaries;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;

namespace Magsag.Gating.Verdicts;

/// <summary>Prices recorded tokens with one catalogue as it lists prices on its own date: both sides of a comparison cost the same per token, today and tomorrow.</summary>
internal static class ConstantPrices
{
    /// <summary>The cost of an entry's calls: what its model costs, what was estimated, and what is missing.</summary>
    /// <param name="catalog">The prices.</param>
    /// <param name="key">What the calls have in common.</param>
    /// <param name="totals">Their sums.</param>
    /// <param name="day">The prices announced for that day; those of the catalogue's own date when null.</param>
    public static Cost CostOf(PriceCatalog catalog, in EntryKey key, TokenTotals totals, DateTimeOffset? day = null)
    {
        Cost unmetered = RecordedCost.Unmetered(key.Model, totals) + RecordedCost.Bounded(key.Model, totals);
        if (totals.Calls == 0 || totals.TotalTokens == 0)
        {
            return unmetered;
        }

        PriceTerms terms = catalog.Listed(key.ServiceTier, key.Batch, key.Region);
        terms = day is { } announced ? terms with { At = announced } : terms;
        long metered = Math.Max(1, totals.Calls - totals.UnmeteredCalls);
        Cost priced = catalog.Price(new BilledCall(RecordedCost.NameOf(key.Model), totals.Usage, terms, key.Provider) { Calls = metered });
        return priced + unmetered + (totals.EstimatedCalls > 0 ? Cost.Estimated(0m) : default);
    }
}
