namespace Magsag.Gating;

/// <summary>Says what drove a cost up: another model, more calls, more tokens.</summary>
internal static class CostDrivers
{
    // Below a twentieth a count explains nothing that a threshold of percents would notice.
    private const decimal NotableShare = 0.05m;

    public static string Describe(CostComparison comparison)
    {
        TokenTotals before = Sum(comparison.Before);
        TokenTotals now = Sum(comparison.Now);
        List<string> drivers = [];
        string modelsBefore = ModelsOf(comparison.Before);
        string modelsNow = ModelsOf(comparison.Now);
        if (modelsBefore != modelsNow && modelsBefore.Length > 0)
        {
            drivers.Add($"model {modelsBefore} → {modelsNow}");
        }

        AddCount(drivers, "calls", before.Calls, now.Calls);
        AddCount(drivers, "input tokens", before.InputTokens, now.InputTokens);
        AddCount(drivers, "output tokens", before.OutputTokens, now.OutputTokens);
        if (before.CachedInputTokens > now.CachedInputTokens)
        {
            AddCount(drivers, "cached input tokens", before.CachedInputTokens, now.CachedInputTokens);
        }

        return drivers.Count == 0 ? "the same tokens at dearer terms" : string.Join(", ", drivers);
    }

    private static void AddCount(List<string> drivers, string name, long before, long now)
    {
        if (Math.Abs(now - before) > before * NotableShare)
        {
            drivers.Add($"{name} {MoneyText.Count(before)} → {MoneyText.Count(now)}");
        }
    }

    private static TokenTotals Sum(IEnumerable<PricedEntry> entries) => entries.Aggregate(new TokenTotals(), static (sum, entry) => sum + entry.Totals);

    private static string ModelsOf(IEnumerable<PricedEntry> entries) =>
        string.Join(" + ", entries.Select(static entry => entry.Key.Model ?? "unknown").Distinct(StringComparer.Ordinal).OrderBy(static model => model, StringComparer.Ordinal));
}
