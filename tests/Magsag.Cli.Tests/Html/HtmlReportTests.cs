using System.Text.RegularExpressions;
using Magsag.Cli.Html;
using Magsag.Gating;

namespace Magsag.Cli.Tests.Html;

public sealed class HtmlReportTests
{
    [Fact]
    public void The_same_costs_give_the_same_bytes() =>
        Assert.Equal(HtmlReport.Render(new ReportPage { Title = "Costs", Summary = SampleCosts.Month }), HtmlReport.Render(new ReportPage { Title = "Costs", Summary = SampleCosts.Month }));

    [Fact]
    public void The_page_asks_for_nothing_from_anywhere()
    {
        string page = HtmlReport.Render(new ReportPage { Title = "Costs", Summary = SampleCosts.Month });

        Assert.DoesNotMatch(new Regex("<(link|img|iframe|script)[^>]*(src|href)="), page);
        Assert.Contains("default-src 'none'", page);
        Assert.DoesNotContain("connect-src", page);
    }

    [Fact]
    public void Names_from_the_ledger_are_text_and_never_markup()
    {
        string page = HtmlReport.Render(new ReportPage { Title = "<b>Costs</b>", Summary = SampleCosts.Month });

        Assert.DoesNotContain("<script>alert(1)", page);
        Assert.DoesNotContain("<b>Costs</b>", page);
        Assert.Contains("umbrella &lt;script&gt;alert(1)", page);
    }

    [Fact]
    public void The_total_is_that_of_the_summary()
    {
        string page = HtmlReport.Render(new ReportPage { Title = "Costs", Summary = SampleCosts.Month });

        Assert.Contains($"<dt>Total cost</dt><dd>{MoneyText.Of(SampleCosts.Month.Totals.CostUsd)}</dd>", page);
    }

    [Fact]
    public void The_columns_over_time_add_up_to_the_total()
    {
        ReportChart chart = SpendOverTime.ChartOf(SampleCosts.Month);

        Assert.Equal(30, chart.Labels.Count);
        Assert.Equal(SampleCosts.Month.Totals.CostUsd, chart.Series.Sum(static series => series.Values.Sum()));
    }

    [Fact]
    public void Half_a_year_is_shown_in_months()
    {
        ReportChart chart = SpendOverTime.ChartOf(SampleCosts.Summary(days: 180, callsPerDay: 1));

        Assert.Equal(["2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03"], chart.Labels);
    }

    [Fact]
    public void A_total_with_unpriced_calls_is_shown_as_a_lower_bound()
    {
        var builder = new SummaryBuilder();
        builder.Add(new LedgerRecord { Timestamp = DateTimeOffset.UnixEpoch, Model = "gpt-4o", InputTokens = 1000, OutputTokens = 10, CostUsd = 0.0026m, UsageSource = UsageSource.Reported });
        builder.Add(new LedgerRecord { Timestamp = DateTimeOffset.UnixEpoch, Model = "house-model", InputTokens = 1000, OutputTokens = 10, UsageSource = UsageSource.Reported });

        string page = HtmlReport.Render(new ReportPage { Title = "Costs", Summary = builder.ToSummary() });

        Assert.Contains("<dd>at least $0.0026</dd>", page);
        Assert.Contains("The total is a lower bound. It leaves out: unpriced: house-model, 1 call, 1010 tokens.", page);
    }

    [Fact]
    public void A_period_without_calls_says_so() =>
        Assert.Contains("No calls were recorded", HtmlReport.Render(new ReportPage { Title = "Costs", Summary = new CostSummary() }));

    [Fact]
    public void What_became_dearer_than_the_baseline_is_named()
    {
        var verdict = new Verdict
        {
            Headline = "Magsag: 2 calls, $0.30, baseline $0.10 (+200 %): failed (MAG200)",
            Findings = [new Finding(GateCode.TotalRose, FindingSeverity.Error, "The total cost rose.") { File = "cost-baseline.json" }],
            Changes = [new ScopeChange("test", "Dearer", 0.10m, 0.30m, 1, 2), new ScopeChange("test", "Cheaper", 0.20m, 0.10m, 1, 1)],
        };

        string page = HtmlReport.Render(new ReportPage { Title = "Costs", Summary = SampleCosts.Month, Verdict = verdict });

        Assert.Contains("<th scope=\"row\">Dearer</th><td>test</td><td class=\"number\">$0.10</td><td class=\"number\">$0.30</td><td class=\"number\">&#x2B;200 %</td>", page);
        Assert.DoesNotContain("Cheaper", page);
    }

    [Fact]
    public void The_prompt_cache_saves_what_the_cached_tokens_would_have_cost_more()
    {
        var builder = new SummaryBuilder();
        builder.Add(new LedgerRecord { Timestamp = new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero), Model = "gpt-4o", InputTokens = 1_000_000, CachedInputTokens = 400_000, OutputTokens = 0, UsageSource = UsageSource.Reported });

        CacheSavings savings = CacheSavings.Of(builder.ToSummary(), Magsag.Pricing.PriceCatalog.Embedded);

        // gpt-4o: $2.50 a million plain, $1.25 cached.
        Assert.Equal(0.50m, savings.NetUsd);
    }
}
