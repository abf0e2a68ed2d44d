using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Magsag.Gating.Escaping;
using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>The verdict as JUnit's XML, which every CI server shows: a case for each thing that was compared, and one for each finding about anything else.</summary>
internal static class JUnitVerdict
{
    private static readonly XmlWriterSettings Settings = new() { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    public static string Print(Verdict verdict, Terminal terminal)
    {
        JUnitCase[] cases = [.. CreateCases(verdict, terminal)];
        var suite = new XElement("testsuite", Counts(verdict.Headline, cases), new XAttribute("skipped", 0), cases.Select(Element));
        var document = new XDocument(new XElement("testsuites", Counts("magsag cost gate", cases), suite));
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            document.Save(xml);
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static IEnumerable<JUnitCase> CreateCases(Verdict verdict, Terminal terminal)
    {
        HashSet<(string?, string?)> compared = [.. verdict.Changes.Select(static change => ((string?)change.Scope, (string?)change.Name))];
        foreach (ScopeChange change in verdict.Changes)
        {
            yield return new JUnitCase($"magsag.{change.Scope}", change.Name, change.CurrentUsd, [.. verdict.Findings.Where(finding => finding.Scope == change.Scope && finding.Name == change.Name)]);
        }

        foreach (Finding finding in verdict.Findings.Where(finding => !compared.Contains((finding.Scope, finding.Name))))
        {
            string place = FindingLocation.RelativeFile(finding, terminal) is { } file ? finding.Line > 0 ? $" ({file}:{finding.Line})" : $" ({file})" : "";
            yield return new JUnitCase($"magsag.{finding.Scope ?? "gate"}", $"{finding.Code} {finding.Name}".TrimEnd() + place, finding.ActualUsd, [finding]);
        }

        if (verdict.Changes.Count == 0 && verdict.Findings.Count == 0)
        {
            yield return new JUnitCase("magsag.total", "total", verdict.CostUsd, []);
        }
    }

    private static XAttribute[] Counts(string name, JUnitCase[] cases) =>
    [
        new("name", XmlContent.Escape(name)),
        new("tests", cases.Length),
        new("failures", cases.Count(static @case => @case.Outcome == "failure")),
        new("errors", cases.Count(static @case => @case.Outcome == "error")),
        new("time", 0),
    ];

    private static XElement Element(JUnitCase @case)
    {
        var element = new XElement("testcase", new XAttribute("classname", XmlContent.Escape(@case.Class)), new XAttribute("name", XmlContent.Escape(@case.Name)), new XAttribute("time", 0));
        if (@case.CostUsd is { } cost)
        {
            string exact = ExactMoney.WithoutTrailingZeros(cost).ToString(CultureInfo.InvariantCulture);
            element.Add(new XElement("properties", new XElement("property", new XAttribute("name", "cost_usd"), new XAttribute("value", exact))));
        }

        if (@case.Outcome is { } outcome)
        {
            element.Add(new XElement(
                outcome,
                new XAttribute("message", XmlContent.Escape(@case.Findings[0].Text)),
                new XAttribute("type", @case.Findings[0].Code),
                XmlContent.Escape(string.Join("\n", @case.Findings.Select(static finding => $"{finding.Code}: {finding.Text}")))));
        }
        else if (@case.Findings.Count > 0)
        {
            element.Add(new XElement("system-out", XmlContent.Escape(string.Join("\n", @case.Findings.Select(static finding => $"{finding.Severity.ToString().ToLowerInvariant()} {finding.Code}: {finding.Text}")))));
        }

        return element;
    }
}
