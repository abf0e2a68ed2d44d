using Magsag.Gating.Findings;
using Magsag.Ledger.Limits;
using Magsag.Ledger.Summaries;

namespace Magsag.Gating.Policies;

/// <summary>Judges recorded spend by a policy.</summary>
internal static class PolicyVerdicts
{
    /// <summary>A limit exceeded or a model that isn't allowed is an error (MAG202), an alert passed a warning (MAG207); a policy that limits nothing is reported too (MAG210).</summary>
    public static IEnumerable<Finding> Judge(this CostPolicy policy, CostSummary summary) => new PolicyJudge(policy).Judge(summary);
}
