using System.Text.Json;
using System.Text;
using Magsag.Gating.Findings;
using Magsag.Ledger.Files;
using Magsag.Ledger.Summaries;
using Magsag.Pricing.Costs;

namespace Magsag.Gating.Verdicts;

/// <summary>Writes a verdict for other programs (<c>.json</c>) and for people (<c>.md</c>).</summary>
internal static class VerdictFile
{
    /// <summary>The version of the verdict format that this type writes.</summary>
    public const int FormatVersion = 1;

    /// <summary>Writes the verdict as JSON.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its directory is protected.</exception>
    public static void WriteJson(string path, Verdict verdict) => AtomicFile.Write(path, ToBytes(verdict));

    internal static byte[] ToBytes(Verdict verdict)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFormat.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, FormatVersion);
            json.WriteString("status"u8, verdict.Status);
            json.WriteString("headline"u8, verdict.Headline);
            if (verdict.IsJudged)
            {
                json.WriteNumber("calls"u8, verdict.Calls);
                json.WriteUsd("cost_usd"u8, verdict.CostUsd);
                CostJson.WriteKind(json, verdict.Cost);
            }

            json.WriteUsd("baseline_usd"u8, verdict.BaselineUsd);
            WriteKind(json, "baseline_kind"u8, verdict.BaselineCost);
            WriteFindings(json, verdict.Findings);
            WriteChanges(json, verdict.Changes);
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>Writes the verdict as Markdown: the headline, a table of findings, a table of the tests whose costs changed.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its directory is protected.</exception>
    public static void WriteMarkdown(string path, Verdict verdict) => AtomicFile.Write(path, new UTF8Encoding(false).GetBytes(ToMarkdown(verdict)));

    /// <summary>The verdict as Markdown.</summary>
    public static string ToMarkdown(Verdict verdict) => VerdictMarkdown.Write(verdict);

    private static void WriteFindings(Utf8JsonWriter json, IReadOnlyList<Finding> findings)
    {
        json.WriteStartArray("findings"u8);
        foreach (Finding finding in findings)
        {
            json.WriteStartObject();
            json.WriteString("code"u8, finding.Code);
            json.WriteString("severity"u8, finding.Severity.ToString().ToLowerInvariant());
            json.WriteString("message"u8, finding.Text);
            json.WriteKnown("file"u8, finding.File);
            if (finding.Line > 0)
            {
                json.WriteNumber("line"u8, finding.Line);
            }

            if (finding.Column > 0)
            {
                json.WriteNumber("column"u8, finding.Column);
            }

            json.WriteKnown("rule"u8, finding.Rule);
            json.WriteKnown("scope"u8, finding.Scope);
            json.WriteKnown("name"u8, finding.Name);
            json.WriteUsd("expected_usd"u8, finding.ExpectedUsd);
            json.WriteUsd("actual_usd"u8, finding.ActualUsd);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteChanges(Utf8JsonWriter json, IReadOnlyList<ScopeChange> changes)
    {
        json.WriteStartArray("changes"u8);
        foreach (ScopeChange change in changes)
        {
            json.WriteStartObject();
            json.WriteString("scope"u8, change.Scope);
            json.WriteString("name"u8, change.Name);
            json.WriteNumber("baseline_calls"u8, change.BaselineCalls);
            json.WriteNumber("calls"u8, change.CurrentCalls);
            json.WriteUsd("baseline_usd"u8, change.BaselineUsd);
            WriteKind(json, "baseline_kind"u8, change.BaselineCost);
            json.WriteUsd("cost_usd"u8, change.CurrentUsd);
            WriteKind(json, "cost_kind"u8, change.CurrentCost);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteKind(Utf8JsonWriter json, ReadOnlySpan<byte> name, Cost? cost)
    {
        if (cost is { Kind: not CostKind.Money and var kind })
        {
            json.WriteString(name, CostJson.WordOf(kind));
        }
    }
}
