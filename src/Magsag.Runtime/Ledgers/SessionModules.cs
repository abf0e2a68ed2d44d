using System.Reflection;
using Magsag.Ledger.Records;
using Magsag.Ledger.Sessions;

namespace Magsag.Runtime.Ledgers;

/// <summary>Describes the recording process: the session that its ledger files begin with.</summary>
internal static class SessionModules
{
    public static LedgerSession Describe(RecordingHost host)
    {
        var modules = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (string assembly in host.Assemblies)
        {
            if (ModuleVersion.Read(Path.Combine(host.BaseDirectory, assembly + ".dll")) is { } version)
            {
                modules[assembly] = version;
            }
        }

        return new LedgerSession
        {
            Id = RecordId.New(DateTimeOffset.UtcNow),
            Timestamp = DateTimeOffset.UtcNow,
            Assembly = host.TestAssembly ?? Assembly.GetEntryAssembly()?.GetName().Name,
            Framework = host.Framework,
            CountsCalls = host.IsTestHost,
            TestRun = host.TestRun,
            Host = RecordingHost.Process,
            Modules = modules,
        };
    }
}
