using System.Reflection;

namespace Magsag.Runtime.CallSites;

/// <summary>What the build told of the test assembly's sources: it stands in for projects under test that are built without Magsag.</summary>
internal static class TestSources
{
    /// <summary>The test assembly's sources; null outside test hosts and when it can't be loaded.</summary>
    public static AssemblySources? Of(RecordingHost host)
    {
        if (host.TestAssembly is not { } name)
        {
            return null;
        }

        Assembly? loaded = Array.Find(AppDomain.CurrentDomain.GetAssemblies(), assembly => !assembly.IsDynamic && string.Equals(assembly.GetName().Name, name, StringComparison.Ordinal));
        return loaded is null ? null : AssemblySources.Of(loaded);
    }
}
