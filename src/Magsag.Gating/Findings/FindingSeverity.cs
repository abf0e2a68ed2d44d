namespace Magsag.Gating.Findings;

/// <summary>How much a finding weighs.</summary>
internal enum FindingSeverity
{
    /// <summary>Worth knowing; changes nothing.</summary>
    Message,

    /// <summary>Worth looking at; the gate passes.</summary>
    Warning,

    /// <summary>The gate fails.</summary>
    Error,
}
