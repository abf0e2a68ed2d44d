using Magsag.Pricing.Costs;

namespace Magsag.Gating.Tests.Summaries;

public sealed class SummaryCostTests
{
    private static readonly LedgerRecord Priced = new() { Timestamp = new DateTimeOffset(2026, 8, 21, 0, 0, 0, TimeSpan.Zero), Model = "gpt-4o", Provider = "openai", InputTokens = 1000, OutputTokens = 100, UsageSource = UsageSource.Reported, CostUsd = 0.0035m };

    [Fact]
    public void Demand_27_a_summary_with_unpriced_calls_is_a_lower_bound_that_says_what_is_missing()
    {
        CostSummary summary = SummaryOf(Priced, Priced with { Model = "gpt-99", CostUsd = null }, Priced with { UsageSource = UsageSource.Unknown, InputTokens = null, OutputTokens = null, CostUsd = null });

        Assert.Equal((CostKind.Unpriced, 0.0035m), (summary.Cost.Kind, summary.Cost.LowerBound));
        Assert.Equal("at least $0.0035 (unpriced: gpt-99, 1 call, 1100 tokens; usage unknown: gpt-4o, 1 call)", MoneyText.Of(summary.Cost));
    }

    [Fact]
    public void A_cost_that_is_known_in_part_makes_the_total_a_lower_bound() =>
        Assert.Equal("at least $0.007 (known in part: gpt-4o, 1 call)", MoneyText.Of(SummaryOf(Priced, Priced with { IsLowerBound = true }).Cost));

    [Fact]
    public void Counted_usage_makes_the_total_an_estimate() =>
        Assert.Equal("about $0.007", MoneyText.Of(SummaryOf(Priced, Priced with { UsageSource = UsageSource.Counted }).Cost));

    [Fact]
    public void The_verdict_says_what_its_lower_bound_leaves_out()
    {
        Verdict verdict = CostGate.Judge(SummaryOf(Priced, Priced with { Model = "gpt-99", CostUsd = null }), null, new GateSettings());

        Assert.Equal(CostKind.Unpriced, verdict.Cost.Kind);
        Assert.Contains("at least $0.0035 (unpriced: gpt-99, 1 call, 1100 tokens)", verdict.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void Refunds_beyond_the_costs_leave_a_total_of_nothing() =>
        Assert.Equal((CostKind.Money, 0m), (new CostSummary { Totals = new TokenTotals { CostUsd = -0.5m } }.Cost.Kind, new CostSummary { Totals = new TokenTotals { CostUsd = -0.5m } }.Cost.LowerBound));

    private static CostSummary SummaryOf(params LedgerRecord[] records)
    {
        var builder = new SummaryBuilder();
        foreach (LedgerRecord record in records)
        {
            builder.Add(record);
        }

        return builder.ToSummary();
    }
}
