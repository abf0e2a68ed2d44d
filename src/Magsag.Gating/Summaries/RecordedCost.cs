using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>Turns recorded totals into a cost that knows what it lacks.</summary>
internal static class RecordedCost
{
    public static Cost Of(string? model, TokenTotals totals)
    {
        Cost cost = totals.EstimatedCalls > 0 ? Cost.Estimated(totals.CostUsd) : Cost.Money(totals.CostUsd);
        if (totals.UnpricedCalls > 0)
        {
            cost += Cost.Unpriced(new MissingPrice(NameOf(model), MissingReason.RecordedWithoutPrice, totals.UnpricedCalls, totals.UnpricedTokens, "Recorded without a price."));
        }

        return cost + Unmetered(model, totals);
    }

    /// <summary>The calls whose usage nobody knows, as the part of a cost that is missing.</summary>
    public static Cost Unmetered(string? model, TokenTotals totals) => totals.UnmeteredCalls == 0
        ? default
        : Cost.Unpriced(new MissingPrice(NameOf(model), MissingReason.NoUsage, totals.UnmeteredCalls, 0, "The provider reported no usage."));

    public static string NameOf(string? model) => model ?? "a model that no response named";
}
