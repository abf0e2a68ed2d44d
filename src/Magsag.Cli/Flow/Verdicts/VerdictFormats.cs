using System.Text;
using Magsag.Gating;

namespace Magsag.Cli;

/// <summary>The formats in which the gate prints its verdict.</summary>
internal static class VerdictFormats
{
    private static readonly Dictionary<string, Func<Verdict, Terminal, string>> Printers = new(StringComparer.Ordinal)
    {
        ["text"] = TextVerdict.Print,
        ["json"] = static (verdict, _) => Encoding.UTF8.GetString(VerdictFile.ToBytes(verdict)),
        ["markdown"] = static (verdict, _) => VerdictFile.ToMarkdown(verdict),
        ["sarif"] = SarifVerdict.Print,
        ["github"] = GitHubVerdict.Print,
        ["junit"] = JUnitVerdict.Print,
    };

    public static IEnumerable<string> Names => Printers.Keys;

    public static string Print(string format, Verdict verdict, Terminal terminal) => Printers[format](verdict, terminal);
}
