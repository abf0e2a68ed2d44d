using Magsag.Ledger.Sessions;

namespace Magsag.Ledger.Records;

/// <summary>The first line of every ledger file: which process wrote it, and which binaries its costs belong to.</summary>
internal sealed record LedgerSession
{
    /// <summary>Unique id of the session; all files that one process writes share it.</summary>
    public Guid Id { get; init; }

    /// <summary>When the process began to record, in UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Name of the test assembly or of the application's entry assembly.</summary>
    public string? Assembly { get; init; }

    /// <summary>The target framework that the assembly was built for (<c>net10.0</c>), when it is known.</summary>
    public string? Framework { get; init; }

    /// <summary>True when the session is of a test host that counts its calls in a file beside the ledger (<see cref="SessionCalls"/>).</summary>
    internal bool CountsCalls { get; init; }

    /// <summary>The test run that the process is part of: attempts of a run that is retried share it, and runs that overlap don't. Null where none is known.</summary>
    internal string? TestRun { get; init; }

    /// <summary>The process: a process that records in several ledgers has as many sessions. Null in ledgers of older versions.</summary>
    internal Guid? Host { get; init; }

    /// <summary>Module version ids of the assemblies under test, by assembly name; empty outside test hosts.</summary>
    public IReadOnlyDictionary<string, Guid> Modules { get; init; } = new Dictionary<string, Guid>();
}
