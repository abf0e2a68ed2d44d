using System.Text;
using Magsag.Gating.Escaping;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>The formats in which the gate prints its verdict.</summary>
internal static class VerdictFormats
{
    private static readonly Dictionary<string, Func<Verdict, Terminal, string>> Printers = new(StringComparer.Ordinal)
    {
        ["text"] = TextVerdict.Print,
        ["json"] = static (verdict, terminal) => Encoding.UTF8.GetString(VerdictFile.ToBytes(FindingLocation.InRepository(verdict, terminal))),
        ["markdown"] = static (verdict, terminal) => VerdictFile.ToMarkdown(FindingLocation.InRepository(verdict, terminal)),
        ["sarif"] = SarifVerdict.Print,
        ["github"] = GitHubVerdict.Print,
        ["gitlab"] = GitLabVerdict.Print,
        ["gitlab-note"] = static (verdict, terminal) => VerdictMarkdown.Write(FindingLocation.InRepository(verdict, terminal), GitLabNoteText.Escape),
        ["azure"] = AzureVerdict.Print,
        ["bitbucket"] = BitbucketVerdict.Print,
        ["junit"] = JUnitVerdict.Print,
        ["dotenv"] = static (verdict, _) => DotenvVerdict.Print(verdict),
    };

    public static IEnumerable<string> Names => Printers.Keys;

    public static string Print(string format, Verdict verdict, Terminal terminal) => Printers[format](verdict, terminal);
}
