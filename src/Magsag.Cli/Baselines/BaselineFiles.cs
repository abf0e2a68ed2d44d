using Magsag.Gating;

namespace Magsag.Cli;

/// <summary>Finds the baselines of a repository when nobody says where they are.</summary>
internal static class BaselineFiles
{
    /// <summary>The baseline in a folder, else every one below it: they stand beside the projects whose tests made them.</summary>
    public static IReadOnlyList<string> Of(string folder)
    {
        string own = Path.Combine(folder, BaselineFile.DefaultName);
        return File.Exists(own) ? [own] : [.. ProjectFolders.Below(folder).Select(static found => Path.Combine(found, BaselineFile.DefaultName)).Where(File.Exists)];
    }
}
