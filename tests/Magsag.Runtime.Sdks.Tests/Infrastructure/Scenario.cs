namespace Magsag.Runtime.Sdks.Tests;

/// <summary>How the provider behaves, or the app.</summary>
internal enum Scenario
{
    /// <summary>It answers and reports usage.</summary>
    Answer,

    /// <summary>It refuses once with 429, then answers.</summary>
    RefuseOnce,

    /// <summary>It fails once with 500, then answers.</summary>
    FailOnce,

    /// <summary>It answers and reports no usage.</summary>
    NoUsage,

    /// <summary>It reports usage that is 0.</summary>
    ZeroUsage,

    /// <summary>What it sends isn't JSON.</summary>
    Malformed,

    /// <summary>The connection breaks in the middle of the answer.</summary>
    Cut,

    /// <summary>It says in the middle of the answer that it failed.</summary>
    FailMidway,

    /// <summary>It sends byte by byte.</summary>
    SlowDrip,

    /// <summary>It answers and the app stops reading after the first piece.</summary>
    Cancel,
}
