using Magsag.Pricing.Costs;

namespace Magsag.Gating.Tests;

public sealed class SummaryTests
{
    private static LedgerRecord Call(string run = "r1", string? agent = "triage", string? model = "gpt-4o-mini", decimal? cost = 0.01m, CallOutcome outcome = CallOutcome.Ok, int minute = 0, string? site = "src/Triage.cs:42", UsageSource source = UsageSource.Reported) => new()
    {
        Timestamp = new DateTimeOffset(2026, 11, 23, 18, minute, 0, TimeSpan.Zero),
        RunId = run,
        Agent = agent,
        Customer = "acme",
        Model = model,
        Outcome = outcome,
        InputTokens = source == UsageSource.Unknown ? null : 100,
        OutputTokens = source == UsageSource.Unknown ? null : 10,
        UsageSource = source,
        CostUsd = cost,
        Test = "Tests.A",
        Site = site,
        Member = "Triage.ClassifyAsync",
    };

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
    public void The_total_is_the_exact_sum_of_its_parts()
    {
        CostSummary summary = Summarise(Call(cost: 0.1m), Call(cost: 0.2m, agent: "answer"), Call(cost: 0.0000000001m, model: "gpt-4o"));

        Assert.Equal(0.3000000001m, summary.Totals.CostUsd);
        Assert.Equal(summary.Totals.CostUsd, summary.Models.Sum(m => m.Totals.CostUsd));
        Assert.Equal(summary.Totals.CostUsd, summary.Agents.Sum(a => a.Totals.CostUsd));
        Assert.Equal(summary.Totals.CostUsd, summary.Spend.Sum(s => s.CostUsd));
    }

    [Fact]
    public void A_summary_holds_everything_that_was_added_before_it_was_made_and_nothing_twice()
    {
        var builder = new SummaryBuilder();
        builder.Add(Call(cost: 0.1m));
        builder.Add(Call(cost: 0.1m));
        CostSummary first = builder.ToSummary();
        builder.Add(Call(cost: 0.2m));
        var other = new SummaryBuilder();
        other.Add(Call(cost: 0.3m));
        builder.Merge(other);
        CostSummary second = builder.ToSummary();

        Assert.Equal((2, 0.2m, 0.2m, 0.2m), (first.Totals.Calls, first.Totals.CostUsd, first.Customers.Single().Totals.CostUsd, first.Spend.Sum(static spend => spend.CostUsd)));
        Assert.Equal((4, 0.7m, 0.7m, 0.7m), (second.Totals.Calls, second.Totals.CostUsd, second.Customers.Single().Totals.CostUsd, second.Spend.Sum(static spend => spend.CostUsd)));
    }

    [Fact]
    public void A_cache_hit_is_no_call_and_costs_nothing()
    {
        CostSummary summary = Summarise(Call(), Call(outcome: CallOutcome.CacheHit, cost: 0m));

        Assert.Equal(1, summary.Totals.Calls);
        Assert.Equal(1, summary.CacheHits);
    }

    // Demand 33, langfuse#2112, promptfoo#1667: cached responses were priced as spend.
    [Fact]
    public void What_cache_hits_avoided_is_totalled_apart_from_what_was_spent()
    {
        CostSummary summary = Summarise(Call(), Call(outcome: CallOutcome.CacheHit, cost: 0m) with { AvoidedUsd = 0.01m }, Call(outcome: CallOutcome.CacheHit, cost: 0m) with { AvoidedUsd = 0.02m });

        Assert.Equal((0.01m, 0.03m), (summary.Totals.CostUsd, summary.AvoidedUsd));
    }

    [Fact]
    public void A_call_without_a_price_is_unpriced_and_not_free()
    {
        CostSummary summary = Summarise(Call(), Call(model: "nobody-knows", cost: null));

        Assert.Equal(1, summary.Totals.UnpricedCalls);
        Assert.Equal(0.01m, summary.Totals.CostUsd);
    }

    [Fact]
    public void An_answered_call_without_usage_lowers_the_coverage()
    {
        CostSummary summary = Summarise(Call(), Call(cost: null, source: UsageSource.Unknown));

        Assert.Equal(1, summary.Totals.UnmeteredCalls);
        Assert.Equal(0.5, summary.Coverage);
    }

    [Fact]
    public void A_failed_call_without_usage_is_counted_as_failed_only()
    {
        CostSummary summary = Summarise(Call(cost: null, source: UsageSource.Unknown, outcome: CallOutcome.Error));

        Assert.Equal(1, summary.FailedCalls);
        Assert.Equal(0, summary.Totals.UnmeteredCalls);
    }

    [Fact]
    public void A_run_succeeded_when_its_last_call_was_answered()
    {
        CostSummary summary = Summarise(
            Call("recovers", outcome: CallOutcome.Error, minute: 1),
            Call("recovers", minute: 2),
            Call("fails", minute: 1),
            Call("fails", outcome: CallOutcome.Error, minute: 2));

        Assert.Equal(2, summary.Runs);
        Assert.Equal(1, summary.SuccessfulTasks);
    }

    [Fact]
    public void The_order_of_the_records_does_not_matter()
    {
        LedgerRecord[] records = [Call(agent: "b", minute: 3), Call(agent: "a", model: "gpt-4o", minute: 1), Call(agent: "a", site: "src/B.cs:7", minute: 2)];
        using var directory = new TemporaryDirectory();

        SummaryFile.Write(directory.File("one.json"), Summarise(records));
        SummaryFile.Write(directory.File("two.json"), Summarise([.. records.Reverse()]));

        Assert.Equal(File.ReadAllText(directory.File("one.json")), File.ReadAllText(directory.File("two.json")));
    }

    [Fact]
    public void A_summary_survives_writing_and_reading()
    {
        using var directory = new TemporaryDirectory();
        CostSummary summary = Summarise(Call(), Call(agent: null, cost: null, model: "nobody-knows", minute: 5));

        SummaryFile.Write(directory.File("summary.json"), summary, "r1");
        CostSummary read = SummaryFile.Read(directory.File("summary.json"));

        Assert.Equal(summary.Totals, read.Totals);
        Assert.Equal(summary.Entries, read.Entries);
        Assert.Equal(summary.Models, read.Models);
        Assert.Equal(summary.Spend, read.Spend);
        Assert.Equal(summary.From, read.From);
        Assert.Equal(summary.SuccessfulTasks, read.SuccessfulTasks);
    }

    [Theory]
    [InlineData("{\n  \"v\": 2\n}", 2, "version 2")]
    [InlineData("{\n  \"v\": 1,\n  \"calls\": -4\n}", 3, "found -4")]
    [InlineData("{\n  \"v\": 1,\n  \"total_cost_usd\": 1e400\n}", 3, "an amount of money of at most 1000000000000000, found 1e400")]
    [InlineData("{\n  \"v\": 1,\n  \"entries\": [\n   {\"calls\": 1, \"audio_seconds\": -1}]\n}", 4, "found -1")]
    [InlineData("{\n  \"v\": 1,\n  \"model_stats\": 7\n}", 3, "found 7")]
    [InlineData("{\n  \"v\": 1,\n  \"calls\": \n", 4, "well-formed")]
    [InlineData("{}", 1, "no version")]
    [InlineData("[]", 1, "found a list")]
    public void A_file_that_is_no_summary_of_this_version_is_an_error_with_its_line(string content, int line, string says)
    {
        using var directory = new TemporaryDirectory();
        File.WriteAllText(directory.File("summary.json"), content);

        var error = Assert.Throws<UnreadableInputException>(() => SummaryFile.Read(directory.File("summary.json")));

        Assert.Equal(line, error.Line);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_two_shards_succeeded_when_its_last_call_was_answered()
    {
        CostSummary failed = Summarise(Call("run", outcome: CallOutcome.Error, minute: 1));
        CostSummary answered = Summarise(Call("run", minute: 2));

        Assert.Equal((1, 1), RunsOf(failed, answered));
        Assert.Equal((1, 1), RunsOf(answered, failed));
    }

    [Fact]
    public void A_run_of_two_shards_failed_when_its_last_call_did()
    {
        CostSummary answered = Summarise(Call("run", minute: 1));
        CostSummary failed = Summarise(Call("run", outcome: CallOutcome.Error, minute: 2));

        Assert.Equal((1, 0), RunsOf(answered, failed));
        Assert.Equal((1, 0), RunsOf(failed, answered));
    }

    [Fact]
    public void Runs_of_shards_count_once_each_in_their_last_shard()
    {
        CostSummary first = Summarise(Call("shared", minute: 1), Call("own", minute: 1));
        CostSummary second = Summarise(Call("shared", outcome: CallOutcome.Error, minute: 2), Call("other", minute: 2));

        Assert.Equal((3, 2), RunsOf(first, second));
    }

    [Fact]
    public void Costs_that_no_sum_can_hold_are_unknown_and_kill_nobody()
    {
        CostSummary summary = Summarise(Call(cost: 7e28m), Call(cost: 7e28m), Call(cost: 0.5m));

        Assert.Equal((0.5m, 2L), (summary.Totals.CostUsd, summary.Totals.UnpricedCalls));
        Assert.Equal(CostKind.Unpriced, summary.Cost.Kind);
    }

    private static (long Runs, long SuccessfulTasks) RunsOf(params CostSummary[] shards)
    {
        var merged = new SummaryBuilder();
        foreach (CostSummary shard in shards)
        {
            merged.Add(shard);
        }

        CostSummary summary = merged.ToSummary();
        return (summary.Runs, summary.SuccessfulTasks);
    }
}
