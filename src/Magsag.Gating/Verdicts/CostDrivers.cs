using Magsag.Ledger.Figures;
using Magsag.Ledger.Summaries;

namespace Magsag.Gating.Verdicts;

/// <summary>Says what drove a cost up: another model, more calls, more tokens.</summary>
internal static class CostDrivers
{
    // Below a twentieth a count explains nothing that a threshold of percents would notice.
    private const decimal NotableShare = 0.05m;
    private const int MostModels = 4;

    public static string Describe(CostComparison comparison)
    {
        TokenTotals before = Sum(comparison.Before);
        TokenTotals now = Sum(comparison.Now);
        List<string> drivers = [];
        AddModels(drivers, ModelsOf(comparison.Before), ModelsOf(comparison.Now));
        AddCount(drivers, "calls", before.Calls, now.Calls);
        AddCount(drivers, "input tokens", before.InputTokens, now.InputTokens);
        AddCount(drivers, "output tokens", before.OutputTokens, now.OutputTokens);
        if (before.CachedInputTokens > now.CachedInputTokens)
        {
            AddCount(drivers, "cached input tokens", before.CachedInputTokens, now.CachedInputTokens);
        }

        return drivers.Count == 0 ? "the same tokens at dearer terms" : string.Join(", ", drivers);
    }

    // Of many models only those are named that came or went: a list of dozens hides what changed.
    private static void AddModels(List<string> drivers, string[] before, string[] now)
    {
        if (before.Length == 0 || before.SequenceEqual(now, StringComparer.Ordinal))
        {
            return;
        }

        if (before.Length <= MostModels && now.Length <= MostModels)
        {
            drivers.Add($"model {string.Join(" + ", before)} → {string.Join(" + ", now)}");
            return;
        }

        AddNames(drivers, "new", [.. now.Except(before, StringComparer.Ordinal)]);
        AddNames(drivers, "dropped", [.. before.Except(now, StringComparer.Ordinal)]);
    }

    private static void AddNames(List<string> drivers, string what, string[] models)
    {
        if (models.Length > 0)
        {
            string more = models.Length > MostModels ? $" and {models.Length - MostModels} more" : "";
            drivers.Add($"{what} {(models.Length == 1 ? "model" : "models")} {string.Join(" + ", models.Take(MostModels))}{more}");
        }
    }

    private static void AddCount(List<string> drivers, string name, long before, long now)
    {
        if (Math.Abs(now - before) > before * NotableShare)
        {
            drivers.Add($"{name} {MoneyText.Count(before)} → {MoneyText.Count(now)}");
        }
    }

    private static TokenTotals Sum(IEnumerable<PricedEntry> entries) => entries.Aggregate(new TokenTotals(), static (sum, entry) => sum + entry.Totals);

    private static string[] ModelsOf(IEnumerable<PricedEntry> entries) =>
        [.. entries.Select(static entry => entry.Key.Model ?? "unknown").Distinct(StringComparer.Ordinal).OrderBy(static model => model, StringComparer.Ordinal)];
}
