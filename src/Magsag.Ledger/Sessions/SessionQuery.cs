using Magsag.Ledger.Records;

namespace Magsag.Ledger.Sessions;

/// <summary>Which recorded sessions are wanted.</summary>
/// <param name="Assembly">The test assembly's name.</param>
/// <param name="Framework">The target framework that it was built for; null for any.</param>
/// <param name="Modules">The module version ids that the assemblies under test must have had.</param>
/// <param name="NotBefore">All sessions from this time on; null for the latest one.</param>
internal sealed record SessionQuery(string Assembly, string? Framework, IReadOnlyDictionary<string, Guid> Modules, DateTimeOffset? NotBefore = null)
{
    /// <summary>The test run that was just finished; null where none is known.</summary>
    public string? TestRun { get; init; }

    /// <summary>The process that asks for its own sessions; null for any.</summary>
    public Guid? Host { get; init; }

    /// <summary>Whether a session is of the run or process that is asked for.</summary>
    public bool IsOwn(LedgerSession session) => (TestRun is not null && session.TestRun == TestRun) || (Host is not null && session.Host == Host);
}
