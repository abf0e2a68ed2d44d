using System.Globalization;
using Magsag.Gating.Findings;
using Magsag.Ledger.Figures;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;

namespace Magsag.Gating.Verdicts;

/// <summary>What recorded calls would cost by prices that the catalogue announces for days after its own date: shown, never judged.</summary>
internal static class AnnouncedPriceFindings
{
    private const int MostModels = 4;

    public static IEnumerable<Finding> Find(IReadOnlyList<PricedEntry> now, PriceCatalog catalog)
    {
        Cost before = CostComparison.SumOf(now);
        foreach (DateTimeOffset day in DaysOf(now, catalog))
        {
            PricedEntry[] then = [.. now.Select(entry => entry with { Cost = ConstantPrices.CostOf(catalog, entry.Key, entry.Totals, day) })];
            Cost after = CostComparison.SumOf(then);
            if (after != before)
            {
                yield return Announced(day, before, after, [.. then.Where((entry, at) => entry.Cost != now[at].Cost).Select(static entry => entry.Key.Model!).Distinct(StringComparer.Ordinal)]);
            }

            before = after;
        }
    }

    private static IEnumerable<DateTimeOffset> DaysOf(IReadOnlyList<PricedEntry> now, PriceCatalog catalog) => now
        .Where(static entry => entry.Key.Model is not null)
        .Select(static entry => (Model: entry.Key.Model!, entry.Key.Provider))
        .Distinct()
        .SelectMany(model => catalog.Find(model.Model, model.Provider)?.ChangesAfter(catalog.AsOf) ?? [])
        .Distinct()
        .OrderBy(static day => day);

    private static Finding Announced(DateTimeOffset day, Cost before, Cost after, string[] models)
    {
        string more = models.Length > MostModels ? $" and {models.Length - MostModels} more" : "";
        return new Finding(
            GateCode.AnnouncedPrices,
            FindingSeverity.Message,
            $"By the prices announced for {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} these calls cost {MoneyText.BoundOf(after)} instead of {MoneyText.BoundOf(before)} ({MoneyText.ChangeOf(before, after)}): {string.Join(", ", models.Take(MostModels))}{more}. The gate judges by the prices of the catalogue's own date.");
    }
}
