using System.Text;
using Magsag.Gating.Escaping;
using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>The verdict as logging commands of Azure Pipelines: issues of the run, at their lines.</summary>
internal static class AzureVerdict
{
    public static string Print(Verdict verdict, Terminal terminal)
    {
        var text = new StringBuilder();
        foreach (Finding finding in verdict.Findings)
        {
            text.Append(finding.Severity switch
            {
                FindingSeverity.Error => Issue("error", finding, terminal),
                FindingSeverity.Warning => Issue("warning", finding, terminal),

                // A run has no issues of less weight.
                _ => PlainText.OneLine($"{finding.Code}: {finding.Text}"),
            }).Append('\n');
        }

        return text.Append(PlainText.OneLine(verdict.Headline)).Append('\n').ToString();
    }

    private static string Issue(string type, Finding finding, Terminal terminal)
    {
        var command = new StringBuilder($"##vso[task.logissue type={type};");
        if (FindingLocation.RelativeFile(finding, terminal) is { } file)
        {
            command.Append("sourcepath=").Append(AzureCommandText.Property(file)).Append(';');
            command.Append(finding.Line > 0 ? $"linenumber={finding.Line};" : "");
        }

        return command.Append("code=").Append(finding.Code).Append(";]").Append(AzureCommandText.Message(finding.Text)).ToString();
    }
}
