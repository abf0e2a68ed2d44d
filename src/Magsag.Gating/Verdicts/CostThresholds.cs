using Magsag.Ledger.Limits;
using Magsag.Ledger.Summaries;
using Magsag.Pricing.Permissions;

namespace Magsag.Gating.Verdicts;

/// <summary>By how much each cost may rise: as the policy says where it says something, else as the gate's settings say.</summary>
internal sealed class CostThresholds(GateSettings settings, IReadOnlyList<RegressionThreshold> own)
{
    private static readonly string[] FromSpecificToGeneral = ["site", "test", "agent"];

    private readonly ILookup<string, RegressionThreshold> _own = own.ToLookup(static threshold => threshold.Scope, StringComparer.Ordinal);

    public bool Exceeds(CostComparison comparison)
    {
        RegressionThreshold? threshold = Of(comparison.Scope, comparison.Name);
        return comparison.RiseUsd > (threshold?.MinIncreaseUsd ?? settings.MinIncreaseUsd)
            && comparison.RiseUsd > 0m
            && comparison.RiseUsd * 100m > Allowed(Percent(threshold), comparison.BeforeUsd);
    }

    // A threshold may be so high that it stands for "anything".
    private static decimal Allowed(decimal percent, decimal beforeUsd) =>
        beforeUsd > 1m && percent > decimal.MaxValue / beforeUsd ? decimal.MaxValue : percent * beforeUsd;

    public string PercentText(CostComparison comparison) => PercentText(Percent(Of(comparison.Scope, comparison.Name)));

    /// <summary>True when the policy states a threshold for the very thing.</summary>
    public bool HasOwn(CostComparison comparison) => Of(comparison.Scope, comparison.Name) is not null;

    /// <summary>What of a comparison is judged by its own threshold: calls that a more specific thing's own threshold governs are judged there, and only there.</summary>
    public CostComparison Governed(CostComparison comparison)
    {
        if (_own.Count == 0)
        {
            return comparison;
        }

        string? governing = Of(comparison.Scope, comparison.Name) is null ? null : comparison.Scope;
        return comparison.Where(entry => GoverningScope(entry.Key) == governing);
    }

    private string? GoverningScope(EntryKey key) =>
        Array.Find(FromSpecificToGeneral, scope => NameIn(scope, key) is { } name && Of(scope, name) is not null);

    private static string? NameIn(string scope, EntryKey key) => scope switch
    {
        "site" => key.Site,
        "test" => key.Test,
        _ => key.Agent,
    };

    private RegressionThreshold? Of(string scope, string name) => scope switch
    {
        "total" => _own[scope].FirstOrDefault(),
        "site" => Best(scope, name) ?? Best(scope, FileOf(name)),
        _ => Best(scope, name),
    };

    private RegressionThreshold? Best(string scope, string name) => NameRank.Best(_own[scope], static threshold => threshold.Name!, name, isModel: false);

    // A policy may name a call site by its file alone.
    private static string FileOf(string site) => site.IndexOf(" (", StringComparison.Ordinal) is > 0 and var member ? site.Substring(0, member) : site;

    private decimal Percent(RegressionThreshold? threshold) => threshold?.MaxIncreasePercent ?? settings.MaxIncreasePercent;

    private static string PercentText(decimal percent) => percent.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);
}
