using Magsag.Gating.Findings;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>One case of a JUnit report.</summary>
internal sealed record JUnitCase(string Class, string Name, decimal? CostUsd, IReadOnlyList<Finding> Findings)
{
    /// <summary>The element that says how the case failed; null when it passed. An unknown cost or an unreadable file is an error, not a failure.</summary>
    public string? Outcome => Findings.FirstOrDefault(static finding => finding.Severity == FindingSeverity.Error) switch
    {
        null => null,
        { Code: GateCode.CostUnknown or GateCode.Unreadable } => "error",
        _ => "failure",
    };
}
