using Magsag.Pricing.Catalogue;

namespace Magsag.Gating.Tests;

public sealed class AnnouncedPricesTests
{
    private static readonly PriceCatalog Catalog = PriceCatalog.Parse("""
        format 1

        provider acme

          model acme-1
            price source acme 2026-08-21
              standard in 1 out 1
            price from 2026-09-01 source acme 2026-08-21
              standard in 2 out 2
            price from 2027-01-01 source acme 2026-08-01
              standard in 3 out 3

          model acme-2
            price from 2026-12-01 source acme 2026-08-21
              standard in 5 out 5

          model acme-3
            price source acme 2026-08-21
              standard in 1 out 1
            price utc 00:30-16:30 source acme 2026-08-21
              standard in 8 out 8

        """);

    private static CostSummary Summarise(params string[] models)
    {
        var builder = new SummaryBuilder(Catalog);
        foreach (string model in models)
        {
            builder.Add(new LedgerRecord { Timestamp = DateTimeOffset.UnixEpoch, Model = model, InputTokens = 900_000, OutputTokens = 100_000, UsageSource = UsageSource.Reported, CostUsd = 7m });
        }

        return builder.ToSummary();
    }

    private static Verdict Judge(params string[] models) => CostGate.Judge(Summarise(models), CostBaseline.From(Summarise(models)), new GateSettings(), catalog: Catalog);

    [Fact]
    public void Calls_are_priced_on_the_catalogues_own_date_and_later_prices_are_shown_not_judged()
    {
        Verdict verdict = Judge("acme-1");

        Assert.Equal((1m, 1m, "passed"), (verdict.CostUsd, verdict.BaselineUsd!.Value, verdict.Status));
        Assert.Equal(
            [
                "By the prices announced for 2026-09-01 these calls cost $2.00 instead of $1.00 (+100 %): acme-1. The gate judges by the prices of the catalogue's own date.",
                "By the prices announced for 2027-01-01 these calls cost $3.00 instead of $2.00 (+50 %): acme-1. The gate judges by the prices of the catalogue's own date.",
            ],
            verdict.Findings.Select(static finding => finding.Text));
        Assert.All(verdict.Findings, static finding => Assert.Equal(("MAG214", FindingSeverity.Message), (finding.Code, finding.Severity)));
    }

    [Fact]
    public void A_model_that_was_only_announced_has_the_price_that_it_begins_with()
    {
        Verdict verdict = Judge("acme-2");

        Assert.Equal(5m, verdict.CostUsd);
        Assert.Empty(verdict.Findings);
    }

    [Fact]
    public void Prices_of_some_hours_are_left_to_the_ledger_because_a_comparison_has_no_hour()
    {
        Verdict verdict = Judge("acme-3");

        Assert.Equal(1m, verdict.CostUsd);
        Assert.Empty(verdict.Findings);
    }
}
