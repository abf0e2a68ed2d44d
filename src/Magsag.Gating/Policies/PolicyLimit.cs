using System.Globalization;

namespace Magsag.Gating;

/// <summary>One limit or alert of a policy.</summary>
/// <param name="Rule">The policy's name and the key that states the limit: <c>agent_budget_limits.max_cost_per_run_usd</c>.</param>
/// <param name="Subject">Whose spend it is about.</param>
/// <param name="Name">The agent or model; null for everything.</param>
/// <param name="Period">Over what spend is added up.</param>
/// <param name="MaxUsd">The most that may be spent, in US dollars.</param>
/// <param name="IsAlert">True when passing it only warns.</param>
/// <param name="Line">The line of the policy file that states it.</param>
public sealed record PolicyLimit(string Rule, LimitSubject Subject, string? Name, LimitPeriod Period, decimal MaxUsd, bool IsAlert, int Line)
{
    internal IEnumerable<Finding> Judge(CostSummary summary, string path) => summary.Spend
        .Where(IsAbout)
        .GroupBy(PeriodOf, StringComparer.Ordinal)
        .OrderBy(static period => period.Key, StringComparer.Ordinal)
        .Select(period => FindingOf(period.Key, [.. period], path))
        .OfType<Finding>();

    private bool IsAbout(RunSpend spend) => Subject switch
    {
        LimitSubject.Agent => string.Equals(spend.Agent, Name, StringComparison.Ordinal),
        LimitSubject.Model => string.Equals(spend.Model, Name, StringComparison.OrdinalIgnoreCase) || IsSnapshotOf(spend.Model, Name!),
        _ => true,
    };

    // A limit on gpt-4o holds for gpt-4o-2024-08-06 too, but not for gpt-4o-mini.
    private static bool IsSnapshotOf(string? model, string name) =>
        model is not null && model.Length > name.Length + 1
        && model.StartsWith(name, StringComparison.OrdinalIgnoreCase) && model[name.Length] == '-' && char.IsDigit(model[name.Length + 1]);

    private string PeriodOf(RunSpend spend) => Period switch
    {
        LimitPeriod.Run => spend.RunId ?? "",
        LimitPeriod.Day => spend.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => spend.Day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
    };

    private Finding? FindingOf(string period, IReadOnlyList<RunSpend> spend, string path)
    {
        decimal spent = spend.Sum(static row => row.CostUsd);
        if (spent <= MaxUsd)
        {
            return null;
        }

        string subject = Subject switch
        {
            LimitSubject.Agent => $"agent '{Name}'",
            LimitSubject.Model => $"model '{Name}'",
            _ => "all calls",
        };
        string when = Period == LimitPeriod.Run ? (period.Length == 0 ? "outside any run" : $"in run {period}") : $"in {period}";
        string largest = string.Join(", ", spend
            .GroupBy(static row => (row.Agent, row.Model))
            .Select(static group => (group.Key, Cost: group.Sum(static row => row.CostUsd)))
            .OrderByDescending(static group => group.Cost)
            .Take(3)
            .Select(static group => $"{group.Key.Agent ?? "no agent"} with {group.Key.Model ?? "unknown model"} {MoneyText.Of(group.Cost)}"));
        return new Finding(
            IsAlert ? GateCode.AlertPassed : GateCode.PolicyExceeded,
            IsAlert ? FindingSeverity.Warning : FindingSeverity.Error,
            $"{Rule}: {subject} spent {MoneyText.Of(spent)} {when}, {(IsAlert ? "the alert is at" : "allowed is")} {MoneyText.Of(MaxUsd)}. Largest: {largest}.")
        {
            File = path,
            Line = Line,
            Scope = Subject.ToString().ToLowerInvariant(),
            Name = Name,
            ExpectedUsd = MaxUsd,
            ActualUsd = spent,
        };
    }
}
