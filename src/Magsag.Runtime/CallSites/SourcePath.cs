using System.Reflection;

namespace Magsag.Runtime.CallSites;

/// <summary>Source paths as they stand in the ledger: below the source root, with forward slashes, the same on every machine.</summary>
internal static class SourcePath
{
    /// <summary>A path of debug information below the source root.</summary>
    /// <param name="host">The test host, whose assembly stands for those whose build told nothing.</param>
    /// <param name="assembly">The assembly that the debug information is of.</param>
    /// <param name="path">The path as the compiler wrote it.</param>
    public static string Below(RecordingHost host, Assembly assembly, string path) =>
        AssemblySources.Of(assembly).Map?.Below(path) ?? TestSources.Of(host)?.Map?.Below(path) ?? Below(host.SourceRoot, path);

    /// <summary>A path below a root on this machine; of a file elsewhere, whose path says nothing on another machine, only its name.</summary>
    public static string Below(string? root, string path)
    {
        string slashed = path.Replace('\\', '/');
        if (WithoutDeterministicRoot(slashed) is { } deterministic)
        {
            return deterministic;
        }

        string relative = root is null ? slashed : Path.GetRelativePath(root, path).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) || relative.StartsWith('/') || relative.Contains(':', StringComparison.Ordinal)
            ? slashed[(slashed.LastIndexOf('/') + 1)..]
            : relative;
    }

    // A deterministic build writes /_/src/Triage.cs, or /_1/src/Triage.cs for a submodule.
    private static string? WithoutDeterministicRoot(string path)
    {
        if (!path.StartsWith("/_", StringComparison.Ordinal))
        {
            return null;
        }

        int slash = path.IndexOf('/', 2);
        return slash > 0 && path.AsSpan(2, slash - 2).IndexOfAnyExceptInRange('0', '9') < 0 ? path[(slash + 1)..] : null;
    }
}
