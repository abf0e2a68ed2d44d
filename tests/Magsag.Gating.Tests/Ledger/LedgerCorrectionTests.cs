using System.Buffers;
using System.Text;

namespace Magsag.Gating.Tests;

public sealed class LedgerCorrectionTests
{
    private static readonly DateTimeOffset Called = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Noticed = new(2026, 11, 25, 9, 30, 0, TimeSpan.Zero);

    private static LedgerRecord Call(decimal? cost = 250m, CallOutcome outcome = CallOutcome.Ok, UsageSource source = UsageSource.Reported) => new()
    {
        Id = Guid.CreateVersion7(),
        Timestamp = Called,
        RunId = "r1",
        Agent = "triage",
        Customer = "acme",
        Model = "house-model",
        Outcome = outcome,
        UsageSource = source,
        InputTokens = source == UsageSource.Unknown ? null : 100,
        OutputTokens = source == UsageSource.Unknown ? null : 10,
        CostUsd = cost,
        DurationMilliseconds = 12.5,
        Test = "Tests.A",
    };

    private static LedgerRecord Corrected(LedgerRecord call, decimal cost, params LedgerRecord[] earlier) =>
        LedgerCorrection.Create(call, earlier, cost, "the price was entered per token", Guid.CreateVersion7(), Noticed);

    private static CostSummary Summarise(params LedgerRecord[] records)
    {
        var builder = new SummaryBuilder();
        foreach (LedgerRecord record in records)
        {
            builder.Add(record);
        }

        return builder.ToSummary();
    }

    [Fact]
    public void A_correction_is_a_line_of_its_own_kind_that_reads_back_the_same()
    {
        LedgerRecord correction = Corrected(Call(), 0.00025m);
        var buffer = new ArrayBufferWriter<byte>();
        new LedgerLineWriter(buffer).Write(correction);

        LedgerRecord read = ParsedLine.Of(buffer.WrittenSpan);

        Assert.StartsWith("{\"v\":1,\"kind\":\"correction\",", Encoding.UTF8.GetString(buffer.WrittenSpan), StringComparison.Ordinal);
        Assert.Equal(correction, read);
        Assert.Equal((-249.99975m, CallOutcome.Correction), (read.CostUsd, read.Outcome));
    }

    [Fact]
    public void A_second_correction_starts_from_the_first()
    {
        LedgerRecord call = Call(cost: 250m);
        LedgerRecord first = Corrected(call, 0.25m);

        LedgerRecord second = Corrected(call, 0.00025m, first);

        Assert.Equal(0.00025m, Summarise(call, first, second).Totals.CostUsd);
    }

    [Fact]
    public void Sums_have_the_right_cost_wherever_the_call_is_and_no_further_call()
    {
        LedgerRecord call = Call();

        CostSummary summary = Summarise(call, Call(cost: 0.5m), Corrected(call, 0.00025m));

        Assert.Equal((2, 220, 0.50025m), (summary.Totals.Calls, summary.Totals.TotalTokens, summary.Totals.CostUsd));
        Assert.All(
            [summary.Models, summary.Agents, summary.Customers, summary.Tests],
            static shares => Assert.Equal(0.50025m, Assert.Single(shares).Totals.CostUsd));
        Assert.Equal((Called, 0.50025m, 2L), (Assert.Single(summary.Spend).Start, summary.Spend[0].CostUsd, summary.Spend[0].Calls));
        Assert.Equal((1, -249.99975m), (summary.Corrections, summary.CorrectionsUsd));
    }

    [Fact]
    public void A_run_and_its_outcome_are_those_of_its_calls()
    {
        LedgerRecord call = Call(outcome: CallOutcome.Error);

        CostSummary summary = Summarise(call, Corrected(call, 1m), Corrected(call with { RunId = "elsewhere" }, 1m));

        Assert.Equal((1, 0, 1), (summary.Runs, summary.SuccessfulTasks, summary.FailedCalls));
        Assert.Equal(Called, summary.To);
    }

    [Theory]
    [InlineData(UsageSource.Reported, CallOutcome.Ok, true)]
    [InlineData(UsageSource.Unknown, CallOutcome.Ok, true)]
    [InlineData(UsageSource.Unknown, CallOutcome.Error, false)]
    public void A_call_whose_cost_becomes_known_is_missing_from_no_sum_any_more(UsageSource source, CallOutcome outcome, bool wasMissing)
    {
        LedgerRecord call = Call(cost: null, outcome, source);
        TokenTotals before = Summarise(call).Totals;

        TokenTotals after = Summarise(call, Corrected(call, 0.25m)).Totals;

        Assert.Equal(wasMissing, before.UnpricedCalls + before.UnmeteredCalls > 0);
        Assert.Equal((0, 0, 0, 0.25m), (after.UnpricedCalls, after.UnmeteredCalls, after.UnpricedTokens, after.CostUsd));
    }

    [Fact]
    public void A_correction_whose_call_is_elsewhere_is_counted_and_can_be_saved()
    {
        using var directory = new TemporaryDirectory();
        CostSummary summary = Summarise(Corrected(Call(), 0m), Corrected(Call(cost: null), 0.5m));
        File.WriteAllBytes(directory.File("summary.json"), SummaryFile.ToBytes(summary));

        CostSummary read = SummaryFile.Read(directory.File("summary.json"));

        Assert.Equal((-249.5m, 0, 2, -249.5m), (read.Totals.CostUsd, read.Totals.UnpricedCalls, read.Corrections, read.CorrectionsUsd));
    }

    [Theory]
    [InlineData(-0.01, "wrong", CallOutcome.Ok)]
    [InlineData(0.01, " ", CallOutcome.Ok)]
    [InlineData(0.01, "wrong", CallOutcome.CacheHit)]
    public void What_corrects_nothing_sensible_is_refused(double cost, string reason, CallOutcome outcome) =>
        Assert.Throws<ArgumentException>(() => LedgerCorrection.Create(Call(outcome: outcome), [], (decimal)cost, reason, Guid.CreateVersion7(), Noticed));

    [Fact]
    public void A_correction_of_a_cost_that_was_known_in_part_makes_it_whole_once()
    {
        LedgerRecord call = Call(1m) with { IsLowerBound = true };
        LedgerRecord first = Corrected(call, 3m);
        LedgerRecord second = Corrected(call, 2m, first);

        TokenTotals totals = Summarise(call, first, second).Totals;

        Assert.Equal((2m, 0L), (totals.CostUsd, totals.LowerBoundCalls));
    }
}
