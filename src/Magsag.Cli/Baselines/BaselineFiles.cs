using Magsag.Gating;

namespace Magsag.Cli;

/// <summary>Finds the baselines of a repository when nobody says where they are.</summary>
internal static class BaselineFiles
{
    // A project of several target frameworks has a baseline for each: cost-baseline.net10.0.json.
    private const string OfFrameworks = "cost-baseline.net*.json";

    /// <summary>The baselines in a folder, else every one below it: they stand beside the projects whose tests made them.</summary>
    public static IReadOnlyList<string> Of(string folder) => In(folder) is { Count: > 0 } own ? own : [.. ProjectFolders.Below(folder).SelectMany(In)];

    /// <summary>The baselines in a folder itself.</summary>
    public static IReadOnlyList<string> In(string folder)
    {
        string usual = Path.Combine(folder, BaselineFile.DefaultName);
        IEnumerable<string> found = Directory.EnumerateFiles(folder, OfFrameworks).Order(StringComparer.Ordinal);
        return [.. File.Exists(usual) ? found.Prepend(usual) : found];
    }
}
