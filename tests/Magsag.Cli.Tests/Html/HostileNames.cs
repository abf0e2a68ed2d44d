using Magsag.Cli.Html;

namespace Magsag.Cli.Tests.Html;

/// <summary>Names that would be markup or script if a page took them for anything but text.</summary>
internal static class HostileNames
{
    public static IReadOnlyList<string> All { get; } =
    [
        "<script>alert(1)</script>",
        "</script><script>alert(2)</script>",
        "<!--<script>",
        "\"><img src=x onerror=alert(3)>",
        "' onfocus='alert(4)' autofocus='",
        "line\u2028separator</th></table>",
        "\u202Ertl \U0001F355 &lt;b&gt; &amp;",
    ];

    /// <summary>A report with each of them in every column.</summary>
    public static ReportPage Report
    {
        get
        {
            var summary = new SummaryBuilder();
            for (int number = 0; number < All.Count; number++)
            {
                string name = All[number];
                summary.Add(new LedgerRecord
                {
                    Timestamp = new DateTimeOffset(2026, 10, 1 + number, 0, 0, 0, TimeSpan.Zero),
                    RunId = name,
                    Agent = name,
                    Customer = name,
                    Model = name,
                    Test = name,
                    Provider = name,
                    CostUsd = 1m,
                    InputTokens = 1,
                    OutputTokens = 1,
                    UsageSource = UsageSource.Reported,
                });
            }

            return new ReportPage
            {
                Title = "Costs <b>now</b>",
                Summary = summary.ToSummary(),
                Conditions = All,
                Verdict = new Verdict
                {
                    Headline = All[0],
                    Findings = [.. All.Select(static name => new Finding(GateCode.ScopeRose, FindingSeverity.Error, name) { File = name, Line = 1 })],
                    Changes = [.. All.Select(static name => new ScopeChange("test", name, 1m, 2m, 1, 1))],
                },
            };
        }
    }
}
