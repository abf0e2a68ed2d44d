using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Magsag.Gating.Baselines;
using Magsag.Gating.Escaping;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>The verdict as SARIF 2.1.0, which code scanning reads.</summary>
internal static class SarifVerdict
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Print(Verdict verdict, Terminal terminal)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            WriteRun(json, verdict, terminal);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteRun(Utf8JsonWriter json, Verdict verdict, Terminal terminal)
    {
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "magsag");
        json.WriteString("semanticVersion", ToolVersion.Text);
        json.WriteString("informationUri", "https://github.com/magsag/magsag");
        json.WriteStartArray("rules");
        foreach (GateRule rule in GateRule.All)
        {
            WriteRule(json, rule);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartObject("automationDetails");
        json.WriteString("id", "magsag/");
        json.WriteEndObject();
        json.WriteStartArray("results");
        foreach (Finding finding in verdict.Findings)
        {
            WriteResult(json, finding, terminal);
        }

        json.WriteEndArray();
        json.WriteStartObject("properties");
        json.WriteString("headline", verdict.Headline);
        json.WriteString("status", verdict.Status);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, GateRule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Code);
        json.WriteString("name", rule.Name);
        json.WriteStartObject("shortDescription");
        json.WriteString("text", rule.Description);
        json.WriteEndObject();
        json.WriteString("helpUri", rule.HelpAddress);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", rule.Level);
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteStartArray("tags");
        json.WriteStringValue("cost");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, Finding finding, Terminal terminal)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Code);
        int index = GateRule.All.ToList().FindIndex(rule => rule.Code == finding.Code);
        if (index >= 0)
        {
            json.WriteNumber("ruleIndex", index);
        }

        json.WriteString("level", finding.Severity switch { FindingSeverity.Error => "error", FindingSeverity.Warning => "warning", _ => "note" });
        json.WriteStartObject("message");
        json.WriteString("text", SarifText.Of(finding.Text));
        json.WriteEndObject();
        json.WriteStartArray("locations");
        // Code scanning refuses a file in which one result has no place.
        WriteLocation(json, FindingPlace.FileOf(finding, terminal) ?? BaselineFile.DefaultName, finding.Line);
        json.WriteEndArray();
        WriteProperties(json, finding);
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, string file, int line)
    {
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", string.Join('/', file.Split('/').Select(Uri.EscapeDataString)));
        json.WriteString("uriBaseId", "%SRCROOT%");
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", Math.Max(1, line));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // A finding stays the same one while its line moves and its figures change.
    private static void WriteProperties(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject("partialFingerprints");
        json.WriteString("magsagFinding/v1", $"{finding.Code}:{finding.Scope}:{finding.Name}");
        json.WriteEndObject();
        json.WriteStartObject("properties");
        if (finding.ExpectedUsd is { } expected)
        {
            json.WriteNumber("expectedUsd", ExactMoney.WithoutTrailingZeros(expected));
        }

        if (finding.ActualUsd is { } actual)
        {
            json.WriteNumber("actualUsd", ExactMoney.WithoutTrailingZeros(actual));
        }

        json.WriteEndObject();
    }
}
