using System.Globalization;
using System.Text;
using System.Xml;
using Magsag.Gating.Escaping;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>The verdict as JUnit's XML, which every CI server shows: a case per thing that was compared, and one per finding about anything else.</summary>
internal static class JUnitVerdict
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    public static string Print(Verdict verdict, Terminal terminal)
    {
        JUnitCase[] cases = [.. CasesOf(verdict, terminal)];
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, "magsag cost gate", cases);
            xml.WriteStartElement("testsuite");
            WriteCounts(xml, verdict.Headline, cases);
            xml.WriteAttributeString("skipped", "0");
            foreach (JUnitCase @case in cases)
            {
                Write(xml, @case);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static IEnumerable<JUnitCase> CasesOf(Verdict verdict, Terminal terminal)
    {
        HashSet<(string?, string?)> compared = [.. verdict.Changes.Select(static change => ((string?)change.Scope, (string?)change.Name))];
        foreach (ScopeChange change in verdict.Changes)
        {
            yield return new JUnitCase($"magsag.{change.Scope}", change.Name, change.CurrentUsd, [.. verdict.Findings.Where(finding => finding.Scope == change.Scope && finding.Name == change.Name)]);
        }

        foreach (Finding finding in verdict.Findings.Where(finding => !compared.Contains((finding.Scope, finding.Name))))
        {
            string place = FindingPlace.FileOf(finding, terminal) is { } file ? finding.Line > 0 ? $" ({file}:{finding.Line})" : $" ({file})" : "";
            yield return new JUnitCase($"magsag.{finding.Scope ?? "gate"}", $"{finding.Code} {finding.Name}".TrimEnd() + place, finding.ActualUsd, [finding]);
        }

        if (verdict.Changes.Count == 0 && verdict.Findings.Count == 0)
        {
            yield return new JUnitCase("magsag.total", "total", verdict.CostUsd, []);
        }
    }

    private static void WriteCounts(XmlWriter xml, string name, JUnitCase[] cases)
    {
        xml.WriteAttributeString("name", XmlContent.Of(name));
        xml.WriteAttributeString("tests", cases.Length.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("failures", cases.Count(static @case => @case.Result == JUnitResult.Failure).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("errors", cases.Count(static @case => @case.Result == JUnitResult.Error).ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("time", "0");
    }

    private static void Write(XmlWriter xml, JUnitCase @case)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", XmlContent.Of(@case.Class));
        xml.WriteAttributeString("name", XmlContent.Of(@case.Name));
        xml.WriteAttributeString("time", "0");
        if (@case.CostUsd is { } cost)
        {
            xml.WriteStartElement("properties");
            xml.WriteStartElement("property");
            xml.WriteAttributeString("name", "cost_usd");
            xml.WriteAttributeString("value", ExactMoney.WithoutTrailingZeros(cost).ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        if (@case.Result != JUnitResult.Passed)
        {
            xml.WriteStartElement(@case.Result == JUnitResult.Error ? "error" : "failure");
            xml.WriteAttributeString("message", XmlContent.Of(@case.Findings[0].Text));
            xml.WriteAttributeString("type", @case.Findings[0].Code);
            xml.WriteString(XmlContent.Of(string.Join("\n", @case.Findings.Select(static finding => $"{finding.Code}: {finding.Text}"))));
            xml.WriteEndElement();
        }
        else if (@case.Findings.Count > 0)
        {
            xml.WriteElementString("system-out", XmlContent.Of(string.Join("\n", @case.Findings.Select(static finding => $"{finding.Severity.ToString().ToLowerInvariant()} {finding.Code}: {finding.Text}"))));
        }

        xml.WriteEndElement();
    }
}
