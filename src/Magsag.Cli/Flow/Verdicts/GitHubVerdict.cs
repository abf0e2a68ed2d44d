using System.Text;
using Magsag.Gating.Escaping;
using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>The verdict as annotations of GitHub Actions.</summary>
internal static class GitHubVerdict
{
    public static string Print(Verdict verdict, Terminal terminal)
    {
        var text = new StringBuilder();
        foreach (Finding finding in verdict.Findings)
        {
            text.Append("::").Append(CommandName(finding.Severity)).Append(' ');
            if (FindingLocation.RelativeFile(finding, terminal) is { } file)
            {
                text.Append("file=").Append(WorkflowCommandText.Property(file)).Append(',');
                text.Append(finding.Line > 0 ? $"line={finding.Line}," : "");
            }

            text.Append("title=").Append(finding.Code).Append("::").Append(WorkflowCommandText.Message(finding.Text)).Append('\n');
        }

        return text.Append(PlainText.OneLine(verdict.Headline)).Append('\n').ToString();
    }

    private static string CommandName(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "notice",
    };
}
