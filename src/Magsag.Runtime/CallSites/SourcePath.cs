namespace Magsag.Runtime.CallSites;

/// <summary>Source paths as they stand in the ledger: below the source root, with forward slashes, the same on every machine.</summary>
internal static class SourcePath
{
    public static string Below(string? root, string path)
    {
        string slashed = path.Replace('\\', '/');
        if (WithoutDeterministicRoot(slashed) is { } deterministic)
        {
            return deterministic;
        }

        if (root is null)
        {
            return slashed;
        }

        string relative = Path.GetRelativePath(root, path).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) ? slashed : relative;
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
