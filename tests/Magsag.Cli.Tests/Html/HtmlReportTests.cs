using System.Text.RegularExpressions;
using Magsag.Cli.Html;

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
        Assert.True(page.IndexOf("Total cost", StringComparison.Ordinal) < page.IndexOf("<section", StringComparison.Ordinal));
    }

    [Fact]
    public void The_columns_over_time_add_up_to_the_total()
    {
        ReportChart chart = SpendOverTime.From(SampleCosts.Month, TimeZoneInfo.Utc).Chart!;

        Assert.Equal(30, chart.Labels.Count);
        Assert.Equal(SampleCosts.Month.Totals.CostUsd, chart.Series.Sum(static series => series.Values.Sum()));
    }

    [Fact]
    public void Half_a_year_is_shown_in_months()
    {
        ReportChart chart = SpendOverTime.From(SampleCosts.Summary(days: 180, callsPerDay: 1), TimeZoneInfo.Utc).Chart!;

        Assert.Equal(["2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03"], chart.Labels);
    }

    [Fact]
    public void A_total_with_unpriced_calls_is_shown_as_a_lower_bound()
    {
        string page = PageOf(Call("gpt-4o", 0.0026m), Call("house-model", null));

        Assert.Contains("<dd><span class=\"qualifier\">at least </span>$0.0026</dd>", page);
        Assert.Contains("The total leaves out 1 call (1,010 tokens) to models without a known price: <bdi>house-model</bdi> (1 call).", page);
    }

    [Fact]
    public void An_estimate_is_told_beside_a_lower_bound()
    {
        string page = PageOf(Call("gpt-4o", 0.0026m) with { UsageSource = UsageSource.Counted }, Call("house-model", null));

        Assert.Contains("The total leaves out", page);
        Assert.Contains("for 1 of 2 calls the provider reported no usage, so the tokens were counted", page);
    }

    [Fact]
    public void A_cost_of_which_nothing_is_known_is_unknown_and_not_zero()
    {
        string page = PageOf(Call("house-model", null), Call("house-model", null, day: 2));

        Assert.Contains("<dt>Total cost</dt><dd>unknown</dd>", page);
        Assert.Contains("<th scope=\"row\" dir=\"auto\">house-model</th><td class=\"number\">unknown</td><td class=\"number\">&#x2013;</td>", page);
        Assert.Contains("No cost is known from 2026-10-01 to 2026-10-02.", page);
        Assert.DoesNotContain("$0<", page);
        Assert.DoesNotContain("<canvas", page);
        Assert.DoesNotContain("at least", page);
    }

    [Fact]
    public void Many_models_without_a_price_are_counted_and_the_first_five_named()
    {
        string page = PageOf([.. Enumerable.Range(10, 40).Select(static model => Call($"house-{model}", null))]);

        Assert.Contains("<bdi>house-14</bdi> (1 call) and 35 more.", page);
    }

    [Fact]
    public void The_rows_of_a_table_add_up_to_its_total()
    {
        string page = PageOf([.. Enumerable.Range(0, 30).Select(static customer => Call("gpt-4o", 1.5m) with { Customer = $"customer-{customer}" }), Call("gpt-4o", 5m)]);

        // Ten customers, the twenty others together, and the call that was made for none.
        Assert.Equal(10, Regex.Matches(SectionOf(page, "customers")[..SectionOf(page, "customers").IndexOf("<details", StringComparison.Ordinal)], "<th scope=\"row\" dir=\"auto\">customer-[0-9]+</th><td class=\"number\">\\$1.5000</td>").Count);
        Assert.Contains("<th scope=\"row\">20 other customers</th><td class=\"number\">$30.0000</td><td class=\"number\">60.0 %</td><td class=\"number\">20</td>", page);
        Assert.Contains("<th scope=\"row\">No customer named</th><td class=\"number\">$5.0000</td><td class=\"number\">10.0 %</td><td class=\"number\">1</td>", page);
        Assert.Contains("<tfoot>\n<tr class=\"sum\"><th scope=\"row\">Total</th><td class=\"number\">$50.0000</td><td class=\"number\">100.0 %</td><td class=\"number\">31</td>", SectionOf(page, "customers"));
    }

    [Fact]
    public void Of_thousands_of_names_the_page_lists_some_hundreds_and_adds_the_others_up()
    {
        string page = PageOf([.. Enumerable.Range(0, 3000).Select(static customer => Call("gpt-4o", 1m) with { Customer = $"customer-{customer}" })]);

        Assert.Contains("<th scope=\"row\">2,740 more, not listed</th><td class=\"number\">$2,740.00</td>", page);
        Assert.Equal(260, Regex.Matches(page, "<th scope=\"row\" dir=\"auto\">customer-").Count);
    }

    [Fact]
    public void Models_beyond_six_are_one_series()
    {
        string page = PageOf([.. Enumerable.Range(0, 40).Select(static model => Call($"model-{model:00}", 1m, day: 1 + (model % 3)))]);

        Assert.Contains("<span class=\"swatch series-6\"></span><bdi>34 other models</bdi>", page);
    }

    [Fact]
    public void Calls_of_one_day_need_no_chart_over_time()
    {
        string page = PageOf(Call("gpt-4o", 1m));

        Assert.Contains("All calls were made on 2026-10-01 (UTC).", page);
        Assert.Contains("Calls at 2026-10-01 00:00 UTC", page);
    }

    [Fact]
    public void A_report_of_a_part_says_of_which() =>
        Assert.Contains("<p class=\"conditions\">Only calls with <bdi>agent &lt;b&gt;triage&lt;/b&gt;</bdi></p>", HtmlReport.Render(new ReportPage { Title = "Costs", Summary = SampleCosts.Month, Conditions = ["agent <b>triage</b>"] }));

    [Fact]
    public void Corrections_are_told_with_the_total()
    {
        string page = HtmlReport.Render(new ReportPage { Title = "Costs", Summary = SampleCosts.Month with { Corrections = 2, CorrectionsUsd = -1.25m } });

        Assert.Contains("<small>with 2 corrections of -$1.25</small>", page);
    }

    [Fact]
    public void A_long_name_breaks_where_its_parts_end_and_a_short_one_nowhere()
    {
        string page = PageOf(Call("gpt-4o-mini", 1m) with { Site = "src/Modules/Answering/Answerer.cs:29" });

        Assert.Contains("src/<wbr>Modules/<wbr>Answering/<wbr>Answerer.<wbr>cs:<wbr>29", page);
        Assert.Contains(">gpt-4o-mini</th>", page);
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

        Assert.Contains("<th scope=\"row\" dir=\"auto\">Dearer</th><td class=\"kind\">test</td><td class=\"number\">1</td><td class=\"number\">2</td><td class=\"number\">$0.1000</td><td class=\"number\">$0.3000</td><td class=\"number\">$0.2000</td><td class=\"number\">&#x2B;200 %</td>", page);
        Assert.DoesNotContain("Cheaper", page);
    }

    [Fact]
    public void Of_many_findings_and_rises_the_first_are_open()
    {
        var verdict = new Verdict
        {
            Headline = "failed",
            Findings = [.. Enumerable.Range(0, 30).Select(static number => new Finding(GateCode.ScopeRose, FindingSeverity.Error, $"Finding {number}."))],
            Changes = [.. Enumerable.Range(0, 200).Select(static number => new ScopeChange("test", $"Test {number}", 0.10m, 0.30m + number, 1, 2))],
        };

        string page = HtmlReport.Render(new ReportPage { Title = "Costs", Summary = SampleCosts.Month, Verdict = verdict });

        Assert.Contains("<summary>27 more findings</summary>", page);
        Assert.Contains("<summary>192 more that became dearer</summary>", page);
        Assert.Contains("92 more rises are not listed.", page);
    }

    [Fact]
    public void What_a_response_cache_saved_is_part_of_the_savings()
    {
        string page = HtmlReport.Render(new ReportPage { Title = "Costs", Summary = new CostSummary { Totals = new TokenTotals { Calls = 1, CostUsd = 1m }, CacheHits = 3, AvoidedUsd = 0.75m } });

        Assert.Contains("A response cache answered 3 calls, which saved $0.75.", page);
        Assert.Contains("<dt>Saved by caches</dt><dd>$0.75<small>by the response cache</small></dd>", page);
    }

    [Fact]
    public void The_prompt_cache_saves_what_the_cached_tokens_would_have_cost_more()
    {
        var builder = new SummaryBuilder();
        builder.Add(new LedgerRecord { Timestamp = new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero), Model = "gpt-4o", InputTokens = 1_000_000, CachedInputTokens = 400_000, OutputTokens = 0, UsageSource = UsageSource.Reported });

        CacheSavings savings = CacheSavings.From(builder.ToSummary(), Magsag.Pricing.Catalogue.PriceCatalog.Embedded);

        // gpt-4o: $2.50 a million plain, $1.25 cached.
        Assert.Equal(0.50m, savings.NetUsd);
    }

    private static LedgerRecord Call(string model, decimal? cost, int day = 1) => new()
    {
        Timestamp = new DateTimeOffset(2026, 10, day, 0, 0, 0, TimeSpan.Zero),
        Model = model,
        InputTokens = 1000,
        OutputTokens = 10,
        CostUsd = cost,
        UsageSource = UsageSource.Reported,
    };

    private static string PageOf(params LedgerRecord[] records)
    {
        var builder = new SummaryBuilder();
        foreach (LedgerRecord record in records)
        {
            builder.Add(record);
        }

        return HtmlReport.Render(new ReportPage { Title = "Costs", Summary = builder.ToSummary() });
    }

    private static string SectionOf(string page, string id)
    {
        int begin = page.IndexOf($"<section id=\"{id}\"", StringComparison.Ordinal);
        return page[begin..page.IndexOf("</section>", begin, StringComparison.Ordinal)];
    }
}
