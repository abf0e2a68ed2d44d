namespace Magsag.Storage.Reconciling;

/// <summary>What most likely makes a provider's figures other than the recorded ones.</summary>
internal enum DifferenceCause
{
    /// <summary>The ledgers have calls that the store doesn't have yet.</summary>
    NotStored,

    /// <summary>Calls that no ledger has: of a process that doesn't record, or whose ledger isn't here.</summary>
    MissingProcess,

    /// <summary>A few more calls than were recorded: attempts that a client repeated by itself.</summary>
    Retries,

    /// <summary>Recorded calls of unknown usage: streams that were left before they stated it.</summary>
    UnmeteredStreams,

    /// <summary>Recorded calls that failed, which the provider doesn't count.</summary>
    FailedCalls,

    /// <summary>The same input, of which another part was read from or written to the cache.</summary>
    CacheSplit,

    /// <summary>The same tokens at the prices of another service tier or region.</summary>
    Tiers,

    /// <summary>The same tokens at other prices: a contract, or prices that are out of date.</summary>
    Prices,

    /// <summary>Recorded calls whose model has no known price.</summary>
    Unpriced,

    /// <summary>Tokens that were counted, because the answers stated none.</summary>
    Estimates,

    /// <summary>The same figures on the day before or after: the report's days aren't those of UTC.</summary>
    DayBoundary,

    /// <summary>Recorded calls that the report lacks: another account, key or project, or a report that isn't complete.</summary>
    NotInReport,

    /// <summary>None of these.</summary>
    Unexplained,
}
