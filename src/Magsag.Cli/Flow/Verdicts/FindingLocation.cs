using Magsag.Cli.Repository;
using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>Where a finding stands, below the repository's root, as other programs name files.</summary>
internal static class FindingLocation
{
    /// <summary>The verdict with the places of its findings as every machine names them.</summary>
    public static Verdict InRepository(Verdict verdict, Terminal terminal) =>
        verdict with { Findings = [.. verdict.Findings.Select(finding => finding with { File = RelativeFile(finding, terminal) })] };

    /// <summary>The file with forward slashes; null when the finding has none.</summary>
    public static string? RelativeFile(Finding finding, Terminal terminal)
    {
        if (finding.File is not { } file)
        {
            return null;
        }

        string relative = Path.IsPathRooted(file) && !file.Contains('\0', StringComparison.Ordinal) ? Path.GetRelativePath(SourceTree.FindRoot(terminal), file) : file;
        return relative.Replace('\\', '/');
    }
}
