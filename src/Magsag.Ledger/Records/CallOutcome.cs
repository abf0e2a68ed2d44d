namespace Magsag.Ledger.Records;

/// <summary>How a call ended.</summary>
public enum CallOutcome
{
    /// <summary>The provider answered.</summary>
    Ok,

    /// <summary>The call failed; tokens may have been billed all the same.</summary>
    Error,

    /// <summary>The caller gave up before the answer was complete.</summary>
    Cancelled,

    /// <summary>A cache answered; nothing was spent.</summary>
    CacheHit,

    /// <summary>No call: a correction of what an earlier one is said to have cost (<see cref="LedgerRecord.Correction"/>).</summary>
    Correction,
}
