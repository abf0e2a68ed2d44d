using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Magsag.Gating.Baselines;
using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>The verdict as GitLab's code quality report, which a merge request shows at the lines.</summary>
internal static class GitLabVerdict
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Print(Verdict verdict, Terminal terminal)
    {
        var issues = new JsonArray();
        Dictionary<string, int> seen = [];
        foreach (Finding finding in verdict.Findings)
        {
            string file = FindingLocation.RelativeFile(finding, terminal) ?? BaselineFile.DefaultName;
            string identity = $"{finding.Code}:{finding.Scope}:{finding.Name}:{finding.Rule}:{file}";
            seen[identity] = seen.GetValueOrDefault(identity) + 1;
            issues.Add((JsonNode)Issue(finding, file, $"{identity}:{seen[identity]}"));
        }

        return issues.ToJsonString(Options) + "\n";
    }

    // GitLab compares two reports by the fingerprints, so they leave out what moves: lines and figures.
    private static JsonObject Issue(Finding finding, string file, string identity) => new()
    {
        ["description"] = PlainText.OneLine(finding.Text),
        ["check_name"] = finding.Code,
        ["fingerprint"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity))),
        ["severity"] = finding.Severity switch { FindingSeverity.Error => "critical", FindingSeverity.Warning => "minor", _ => "info" },
        ["location"] = new JsonObject
        {
            ["path"] = PlainText.Escape(file),
            ["lines"] = new JsonObject { ["begin"] = Math.Max(1, finding.Line) },
        },
    };
}
