using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>One case of a JUnit report.</summary>
internal sealed record JUnitCase(string Class, string Name, decimal? CostUsd, IReadOnlyList<Finding> Findings)
{
    /// <summary>A cost that nobody knows or a file that can't be read is an error, not a failure.</summary>
    public JUnitResult Result => Findings.FirstOrDefault(static finding => finding.Severity == FindingSeverity.Error) switch
    {
        null => JUnitResult.Passed,
        { Code: GateCode.CostUnknown or GateCode.Unreadable } => JUnitResult.Error,
        _ => JUnitResult.Failure,
    };
}
