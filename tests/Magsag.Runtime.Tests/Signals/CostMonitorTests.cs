using System.Collections.Concurrent;
using System.Diagnostics;

namespace Magsag.Runtime.Tests;

public sealed class CostMonitorTests
{
    private static LedgerRecord Call(decimal? usd, string? customer = null, string? run = null) => new() { Timestamp = DateTimeOffset.UnixEpoch, CostUsd = usd, Customer = customer, RunId = run, UsageSource = UsageSource.Reported };

    private static (CostMonitor Monitor, ConcurrentQueue<CostThresholdCrossing> Crossings) Watch(params CostThreshold[] thresholds)
    {
        var crossings = new ConcurrentQueue<CostThresholdCrossing>();
        var monitor = new CostMonitor(thresholds);
        monitor.Crossed += (_, crossing) => crossings.Enqueue(crossing);
        return (monitor, crossings);
    }

    [Fact]
    public void A_threshold_is_told_once_when_the_cost_reaches_it()
    {
        (CostMonitor monitor, ConcurrentQueue<CostThresholdCrossing> crossings) = Watch(new CostThreshold(CostThresholdSubject.Total, 1m));

        monitor.Add(Call(0.9m));
        Assert.Empty(crossings);
        monitor.Add(Call(0.1m));
        monitor.Add(Call(5m));

        Assert.Equal(1m, Assert.Single(crossings).SpentUsd);
    }

    [Fact]
    public void Each_customer_has_a_threshold_of_its_own()
    {
        (CostMonitor monitor, ConcurrentQueue<CostThresholdCrossing> crossings) = Watch(new CostThreshold(CostThresholdSubject.Customer, 1m), new CostThreshold(CostThresholdSubject.Customer, 2m, "acme"));

        foreach (string customer in new[] { "acme", "acme", "other", "other", "small" })
        {
            monitor.Add(Call(customer == "small" ? 0.5m : 1m, customer));
        }

        Assert.Equal([("acme", 1m), ("acme", 2m), ("other", 1m)], crossings.Select(crossing => (crossing.Name!, crossing.Threshold.Usd)).Order());
    }

    [Fact]
    public void However_many_calls_end_at_once_one_crosses_and_the_sum_is_exact()
    {
        const int Calls = 20_000;
        (CostMonitor monitor, ConcurrentQueue<CostThresholdCrossing> crossings) = Watch(new CostThreshold(CostThresholdSubject.Total, 0.001m), new CostThreshold(CostThresholdSubject.Run, 0.0005m));

        Parallel.For(0, Calls, number => monitor.Add(Call(0.0000001m, run: $"r{number % 2}")));

        Assert.Equal(Calls * 0.0000001m, monitor.TotalUsd);
        Assert.Equal(["", "r0", "r1"], crossings.Select(crossing => crossing.Name ?? "").Order());
    }

    [Fact]
    public void A_cost_that_is_unknown_is_counted_and_not_taken_for_zero()
    {
        (CostMonitor monitor, _) = Watch(new CostThreshold(CostThresholdSubject.Total, 1m));

        monitor.Add(Call(null));

        Assert.Equal((0m, 1L), (monitor.TotalUsd, monitor.UnknownCalls));
    }

    [Fact]
    public void A_crossing_is_logged_and_marks_the_current_span()
    {
        var log = new CapturedLog();
        var monitor = new CostMonitor([new CostThreshold(CostThresholdSubject.Customer, 1m)], log);
        using var span = new Activity("work").Start();

        monitor.Add(Call(1.5m, "acme"));

        Assert.Contains("customer acme is $1.50", Assert.Single(log.Lines), StringComparison.Ordinal);
        ActivityEvent marked = Assert.Single(span.Events);
        Assert.Equal(("magsag.cost.threshold", "1.5"), (marked.Name, marked.Tags.Single(tag => tag.Key == "magsag.spent_usd").Value));
    }

    [Fact]
    public void A_handler_that_throws_keeps_neither_the_others_nor_the_call_from_going_on()
    {
        var log = new CapturedLog();
        var monitor = new CostMonitor([new CostThreshold(CostThresholdSubject.Total, 1m)], log);
        int told = 0;
        monitor.Crossed += (_, _) => throw new InvalidOperationException("no");
        monitor.Crossed += (_, _) => told++;

        monitor.Add(Call(1m));

        Assert.Equal((1, 2), (told, log.Lines.Count));
    }

    [Fact]
    public void A_threshold_of_nothing_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostMonitor([new CostThreshold(CostThresholdSubject.Total, 0m)]));

    [Fact]
    public void A_policys_alert_on_runs_is_told_while_the_run_spends_and_once()
    {
        var log = new CapturedLog();
        var policy = new CostPolicy
        {
            Limits =
            [
                new PolicyLimit("cost_alerts.warn_cost_per_run_usd", LimitSubject.Everything, null, LimitPeriod.Run, 1m) { IsAlert = true },
                new PolicyLimit("cost_alerts.warn_cost_per_day_usd", LimitSubject.Everything, null, LimitPeriod.Day, 0.1m) { IsAlert = true },
                new PolicyLimit("cost_alerts.error_cost_per_run_usd", LimitSubject.Everything, null, LimitPeriod.Run, 5m),
            ],
        };
        CostMonitor monitor = CostMonitor.For(policy, log);

        foreach (string run in new[] { "r1", "r2", "r1", "r1" })
        {
            monitor.Add(Call(0.6m, run: run));
        }

        Assert.Contains("r1", Assert.Single(log.Lines), StringComparison.Ordinal);
    }
}
