using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Magsag.Gating.Baselines;
using Magsag.Gating.Escaping;
using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>The verdict as SARIF 2.1.0, which code scanning reads.</summary>
internal static class SarifVerdict
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Print(Verdict verdict, Terminal terminal)
    {
        var sarif = new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(Run(verdict, terminal)),
        };
        return sarif.ToJsonString(Options) + "\n";
    }

    private static JsonObject Run(Verdict verdict, Terminal terminal) => new()
    {
        ["tool"] = new JsonObject
        {
            ["driver"] = new JsonObject
            {
                ["name"] = "magsag",
                ["semanticVersion"] = ToolVersion.Text,
                ["informationUri"] = "https://github.com/magsag/magsag",
                ["rules"] = new JsonArray([.. GateRule.All.Select(Rule)]),
            },
        },
        ["columnKind"] = "utf16CodeUnits",
        ["automationDetails"] = new JsonObject { ["id"] = "magsag/" },
        ["results"] = new JsonArray([.. verdict.Findings.Select(finding => Result(finding, terminal))]),
        ["properties"] = new JsonObject { ["headline"] = verdict.Headline, ["status"] = verdict.Status },
    };

    private static JsonObject Rule(GateRule rule) => new()
    {
        ["id"] = rule.Code,
        ["name"] = rule.Name,
        ["shortDescription"] = new JsonObject { ["text"] = rule.Description },
        ["helpUri"] = rule.HelpAddress,
        ["defaultConfiguration"] = new JsonObject { ["level"] = rule.Level },
        ["properties"] = new JsonObject { ["tags"] = new JsonArray("cost") },
    };

    private static JsonObject Result(Finding finding, Terminal terminal)
    {
        var result = new JsonObject { ["ruleId"] = finding.Code };
        int index = GateRule.All.ToList().FindIndex(rule => rule.Code == finding.Code);
        if (index >= 0)
        {
            result["ruleIndex"] = index;
        }

        result["level"] = finding.Severity switch { FindingSeverity.Error => "error", FindingSeverity.Warning => "warning", _ => "note" };
        result["message"] = new JsonObject { ["text"] = SarifText.Escape(finding.Text) };

        // Code scanning refuses a file in which one result has no place.
        result["locations"] = new JsonArray(Location(FindingLocation.RelativeFile(finding, terminal) ?? BaselineFile.DefaultName, finding.Line));

        // A finding stays the same one while its line moves and its figures change.
        result["partialFingerprints"] = new JsonObject { ["magsagFinding/v1"] = $"{finding.Code}:{finding.Scope}:{finding.Name}" };
        result["properties"] = Amounts(finding);
        return result;
    }

    private static JsonObject Location(string file, int line) => new()
    {
        ["physicalLocation"] = new JsonObject
        {
            ["artifactLocation"] = new JsonObject { ["uri"] = string.Join('/', file.Split('/').Select(Uri.EscapeDataString)), ["uriBaseId"] = "%SRCROOT%" },
            ["region"] = new JsonObject { ["startLine"] = Math.Max(1, line) },
        },
    };

    private static JsonObject Amounts(Finding finding)
    {
        var amounts = new JsonObject();
        foreach ((string name, decimal? usd) in new[] { ("expectedUsd", finding.ExpectedUsd), ("actualUsd", finding.ActualUsd) })
        {
            if (usd is { } known)
            {
                amounts[name] = ExactMoney.WithoutTrailingZeros(known);
            }
        }

        return amounts;
    }
}
