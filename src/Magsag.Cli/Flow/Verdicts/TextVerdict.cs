using System.Text;
using Magsag.Gating;

namespace Magsag.Cli;

/// <summary>The verdict as compilers print what they find: a line per finding, the result at the end.</summary>
internal static class TextVerdict
{
    public static string Print(Verdict verdict, Terminal terminal)
    {
        var text = new StringBuilder();
        foreach (Finding finding in verdict.Findings)
        {
            string place = finding.File is null ? "" : finding.Line > 0 ? $"{terminal.Shown(finding.File)}({finding.Line}): " : $"{terminal.Shown(finding.File)}: ";
            text.Append(place).Append(finding.Severity.ToString().ToLowerInvariant()).Append(' ').Append(finding.Code).Append(": ").Append(finding.Text).Append('\n');
        }

        return text.Append(verdict.Headline).Append('\n').ToString();
    }
}
