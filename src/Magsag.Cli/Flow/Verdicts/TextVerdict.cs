using System.Text;
using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>The verdict as compilers print what they find: a line per finding, the result at the end.</summary>
internal static class TextVerdict
{
    public static string Print(Verdict verdict, Terminal terminal)
    {
        var text = new StringBuilder();
        foreach (Finding finding in verdict.Findings)
        {
            string place = finding.File is null ? "" : finding.Line > 0 ? $"{terminal.Shown(finding.File)}({finding.Line}): " : $"{terminal.Shown(finding.File)}: ";
            text.Append(PlainText.OneLine($"{place}{finding.Severity.ToString().ToLowerInvariant()} {finding.Code}: {finding.Text}")).Append('\n');
        }

        return text.Append(PlainText.OneLine(verdict.Headline)).Append('\n').ToString();
    }
}
