namespace Magsag.Runtime.Tests;

/// <summary>What becomes of one request.</summary>
internal enum SimulatedOutcome
{
    Answered,
    AnsweredWithoutUsage,
    TimedOut,
    Reset,
    FailedAfterGenerating,
    CutOff,
    Unreadable,
    GoesOn,
    TooMany,
    NotConnected,
}
