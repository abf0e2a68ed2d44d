using Magsag.Gating.Findings;
using Magsag.Pricing.Costs;

namespace Magsag.Gating.Verdicts;

/// <summary>What the gate found.</summary>
internal sealed record Verdict
{
    /// <summary>One line with counts that says how it went: <c>Magsag: 128 calls, $0.0421, baseline $0.0418 (+0.7 %): passed</c>.</summary>
    public required string Headline { get; init; }

    /// <summary>What was found, the worst first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Billable calls that were recorded.</summary>
    public long Calls { get; init; }

    /// <summary>What the recorded calls cost at those prices: money, an estimate, or a lower bound that says what it leaves out.</summary>
    public Cost Cost { get; init; }

    /// <summary>The known cost of the recorded calls in US dollars, at the prices that the baseline was priced with too.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>What the baseline's calls cost at those prices; null when there is no baseline.</summary>
    public Cost? BaselineCost { get; init; }

    /// <summary>The baseline's cost in US dollars at the same prices; null when there is no baseline.</summary>
    public decimal? BaselineUsd { get; init; }

    /// <summary>The tests, agents and call sites that were compared.</summary>
    public IReadOnlyList<ScopeChange> Changes { get; init; } = [];

    /// <summary>False when nothing was judged, so that calls and costs aren't known.</summary>
    internal bool IsJudged => Findings.All(static finding => finding.Code is not (GateCode.Unreadable or GateCode.OtherBinaries or GateCode.ModeNotGated));

    /// <summary>True when the gate fails.</summary>
    public bool Failed => Findings.Any(static finding => finding.Severity == FindingSeverity.Error);

    /// <summary>How it went, with the codes of what speaks against it, as the headline ends.</summary>
    internal string Words
    {
        get
        {
            string codes = string.Join(", ", Findings.Where(static finding => finding.Severity != FindingSeverity.Message).Select(static finding => finding.Code).Distinct(StringComparer.Ordinal).OrderBy(static code => code, StringComparer.Ordinal));
            return Status switch
            {
                "failed" => $"failed ({codes})",
                "warnings" => $"passed with warnings ({codes})",
                _ => "passed",
            };
        }
    }

    /// <summary><c>passed</c>, <c>warnings</c> or <c>failed</c>.</summary>
    public string Status => Failed ? "failed" : Findings.Any(static finding => finding.Severity == FindingSeverity.Warning) ? "warnings" : "passed";
}
