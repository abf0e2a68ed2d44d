using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Limits;
using Magsag.Ledger.Summaries;
using Magsag.Pricing.Permissions;

namespace Magsag.Gating.Policies;

/// <summary>Judges the spend of a summary by a policy.</summary>
internal sealed class PolicyJudge(CostPolicy policy)
{
    public IEnumerable<Finding> Judge(CostSummary summary) => policy.IsEmpty
        ? [new Finding(GateCode.EmptyPolicy, FindingSeverity.Message, "The policy limits nothing: it states neither a limit nor a rule.") { File = FileOf(policy) }]
        : [.. JudgeLimits(summary.Spend), .. JudgeModels(summary.Spend)];

    private static string? FileOf(CostPolicy policy) => policy.Path.Length == 0 ? null : policy.Path;

    private IEnumerable<Finding> JudgeLimits(IReadOnlyList<RunSpend> spend)
    {
        var accounts = new Dictionary<(PolicyLimit Limit, string Account, string Period), LimitAccount>();
        foreach (RunSpend row in spend)
        {
            foreach (AppliedLimit applied in policy.LimitsFor(row.Call))
            {
                string period = PeriodOf(applied.Limit, row);
                (PolicyLimit, string, string) key = (applied.Limit, applied.Account, period);
                if (!accounts.TryGetValue(key, out LimitAccount? account))
                {
                    accounts[key] = account = new LimitAccount(applied, period);
                }

                account.Add(row);
            }
        }

        LimitAccount[] ordered =
        [
            .. accounts.Values
                .OrderBy(static account => account.Limit.Line)
                .ThenBy(static account => account.Limit.Column)
                .ThenBy(static account => account.Applied.Account, StringComparer.Ordinal)
                .ThenBy(static account => account.Period, StringComparer.Ordinal),
        ];
        Finding[] exceeded = [.. ordered.Select(account => account.Exceeded(policy.Path)).OfType<Finding>()];
        return [.. exceeded, .. Unsure(ordered)];
    }

    // A sum with unknown parts proves that a limit is exceeded, never that it is kept. One word for each limit is enough.
    private IEnumerable<Finding> Unsure(IEnumerable<LimitAccount> accounts) => accounts
        .Where(static account => !account.Limit.IsAlert && account.IsUnsure)
        .GroupBy(static account => account.Limit)
        .Select(limit => limit.OrderByDescending(static account => account.Spent).First().Unsure(policy.Path));

    private string PeriodOf(PolicyLimit limit, RunSpend row) => limit.Period switch
    {
        LimitPeriod.Run => row.Call.RunId ?? "",
        LimitPeriod.Rolling => "",
        _ => CalendarWindow.NameOf(limit.Period, row.Start, policy.TimeZone),
    };

    private IEnumerable<Finding> JudgeModels(IReadOnlyList<RunSpend> spend) => spend
        .Where(static row => row.Call.Model is not null)
        .Select(row => (Row: row, Verdict: policy.PermissionOf(row.Call.Model!, row.Call.Agent)))
        .Where(static pair => pair.Verdict.Permission is ModelPermission.Forbidden or ModelPermission.NotAllowed)
        .GroupBy(static pair => (pair.Verdict.Rule, pair.Row.Call.Model))
        .OrderBy(static group => group.Key.Rule!.Line)
        .ThenBy(static group => group.Key.Model, StringComparer.Ordinal)
        .Select(group => OfModel(group.Key.Rule!, group.Key.Model!, [.. group.Select(static pair => pair.Row)]));

    private Finding OfModel(ModelRule rule, string model, IReadOnlyList<RunSpend> rows)
    {
        string why = rule.Permission == ModelPermission.Forbidden ? "is forbidden" : "isn't among the models that are allowed";
        string agents = string.Join(", ", rows.Select(static row => row.Call.Agent ?? "no agent").Distinct(StringComparer.Ordinal).OrderBy(static agent => agent, StringComparer.Ordinal));
        long calls = rows.Sum(static row => row.Calls);
        decimal cost = rows.Sum(static row => row.CostUsd);
        return new Finding(GateCode.PolicyExceeded, FindingSeverity.Error, $"{rule.Rule}: model '{model}' {why}, yet {MoneyText.Count(calls)} {(calls == 1 ? "call" : "calls")} used it ({MoneyText.Of(cost)}). By: {agents}.")
        {
            File = FileOf(policy),
            Line = rule.Line,
            Rule = rule.Rule,
            Scope = "model",
            Name = model,
            ActualUsd = cost,
        };
    }
}
