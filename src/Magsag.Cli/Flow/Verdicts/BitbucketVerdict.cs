using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>The verdict for Bitbucket's code insights: a <c>report</c>, and its <c>annotations</c>, as the two requests take them.</summary>
internal static class BitbucketVerdict
{
    // What a request may hold: https://developer.atlassian.com/cloud/bitbucket/rest/api-group-reports/
    private const int MostAnnotations = 100;
    private const int MostLettersOfSummary = 450;
    private const int MostLettersOfDetails = 2000;

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Print(Verdict verdict, Terminal terminal)
    {
        var document = new JsonObject
        {
            ["report"] = Report(verdict),
            ["annotations"] = new JsonArray([.. verdict.Findings.Take(MostAnnotations).Select((finding, index) => Annotation(finding, index, terminal))]),
        };
        return document.ToJsonString(Options) + "\n";
    }

    private static JsonObject Report(Verdict verdict) => new()
    {
        ["title"] = "LLM cost",
        ["details"] = Excerpt.From(PlainText.OneLine(verdict.Headline), MostLettersOfDetails),
        ["reporter"] = "magsag",
        ["report_type"] = "TEST",
        ["result"] = verdict.Failed ? "FAILED" : "PASSED",
        ["data"] = new JsonArray([.. Data(verdict)]),
    };

    private static IEnumerable<JsonNode> Data(Verdict verdict)
    {
        if (!verdict.IsJudged)
        {
            yield break;
        }

        yield return new JsonObject { ["title"] = "Calls", ["type"] = "NUMBER", ["value"] = verdict.Calls };
        yield return new JsonObject { ["title"] = "Cost", ["type"] = "TEXT", ["value"] = MoneyText.Of(verdict.Cost) };
        if (verdict.BaselineCost is { } baseline)
        {
            yield return new JsonObject { ["title"] = "Baseline", ["type"] = "TEXT", ["value"] = MoneyText.BoundOf(baseline) };
        }
    }

    private static JsonObject Annotation(Finding finding, int index, Terminal terminal)
    {
        string text = PlainText.OneLine(finding.Text);
        var annotation = new JsonObject
        {
            ["external_id"] = $"magsag-{index + 1}",
            ["annotation_type"] = "CODE_SMELL",
            ["title"] = finding.Code,
            ["summary"] = Excerpt.From($"{finding.Code}: {text}", MostLettersOfSummary),
            ["details"] = Excerpt.From(text, MostLettersOfDetails),
            ["severity"] = finding.Severity switch { FindingSeverity.Error => "HIGH", FindingSeverity.Warning => "MEDIUM", _ => "LOW" },
        };
        if (FindingLocation.RelativeFile(finding, terminal) is { } file)
        {
            annotation["path"] = PlainText.Escape(file);
            if (finding.Line > 0)
            {
                annotation["line"] = finding.Line;
            }
        }

        return annotation;
    }
}
