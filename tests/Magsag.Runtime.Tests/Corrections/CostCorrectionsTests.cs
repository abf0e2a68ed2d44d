namespace Magsag.Runtime.Tests;

public sealed class CostCorrectionsTests : IDisposable
{
    private readonly RunsDirectory _runs = new();

    public void Dispose() => _runs.Dispose();

    private static LedgerRecord Call(decimal? cost) => new() { Id = Guid.CreateVersion7(), Timestamp = DateTimeOffset.UtcNow, Agent = "triage", UsageSource = UsageSource.Reported, InputTokens = 10, CostUsd = cost };

    private async Task RecordAsync(params LedgerRecord[] records)
    {
        await using var ledger = new CostLedger(_runs.Path);
        foreach (LedgerRecord record in records)
        {
            await ledger.AppendAsync(record);
        }
    }

    private TokenTotals Totals()
    {
        var summary = new SummaryBuilder();
        foreach (string path in Ledger.Lines.LedgerFiles.In(_runs.Path))
        {
            using var reader = new LedgerReader(path);
            summary.Add(reader);
        }

        return summary.ToSummary().Totals;
    }

    [Fact]
    public async Task Many_who_correct_one_call_at_once_leave_one_of_their_costs()
    {
        LedgerRecord call = Call(cost: null);
        await RecordAsync(call, Call(1m));

        await Task.WhenAll(Enumerable.Range(1, 8).Select(cents => CostCorrections.AppendAsync(_runs.Path, call.Id, cents / 100m, "the invoice says so")));

        TokenTotals totals = Totals();
        Assert.Contains(totals.CostUsd, Enumerable.Range(1, 8).Select(static cents => 1m + (cents / 100m)));
        Assert.Equal((2, 0), (totals.Calls, totals.UnpricedCalls));
    }

    [Fact]
    public async Task A_record_that_nobody_has_is_not_corrected()
    {
        await RecordAsync(Call(1m));

        Assert.Null(await CostCorrections.AppendAsync(_runs.Path, Guid.CreateVersion7(), 0.5m, "the invoice says so"));

        Assert.Equal(1m, Totals().CostUsd);
    }

    [Fact]
    public async Task A_correction_gives_a_budget_its_room_back_and_counts_as_no_call()
    {
        LedgerRecord call = Call(5m);
        await RecordAsync(call);
        var policy = new CostPolicy
        {
            Limits =
            [
                new PolicyLimit("total_budget_limits.max_cost_per_day_usd", LimitSubject.Everything, null, LimitPeriod.Day, 1m),
                new PolicyLimit("total_budget_limits.max_calls_per_day", LimitSubject.Everything, null, LimitPeriod.Day, 2m) { Measure = LimitMeasure.Calls },
            ],
        };
        var guard = new BudgetGuard(policy);
        await guard.RecordAsync(call);
        await Assert.ThrowsAsync<BudgetExceededException>(async () => await guard.ReserveAsync(new CallAttribution(), new BudgetAmount(0.1m, 1, 1)));

        LedgerRecord correction = (await CostCorrections.AppendAsync(_runs.Path, call.Id, 0.005m, "the price was entered per token"))!;
        await guard.RecordAsync(correction);
        await guard.RecordAsync(correction);

        await guard.ReserveAsync(new CallAttribution(), new BudgetAmount(0.995m, 1, 1));
        await Assert.ThrowsAsync<BudgetExceededException>(async () => await guard.ReserveAsync(new CallAttribution(), new BudgetAmount(0m, 1, 1)));
    }
}
