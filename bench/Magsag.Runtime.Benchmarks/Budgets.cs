using System.Diagnostics;
using System.Globalization;

namespace Magsag.Runtime.Benchmarks;

/// <summary>Reserving and settling in this process's memory, by several threads against the same limits.</summary>
internal static class Budgets
{
    private const int Threads = 8;
    private const int Rounds = 9;
    private const int CallsPerThread = 100_000;
    private const double TargetMicroseconds = 1;

    public static void Run()
    {
        Report("one limit", Limit(LimitPeriod.Day));
        Report("limits per run, day and month", Limit(LimitPeriod.Run), Limit(LimitPeriod.Day), Limit(LimitPeriod.Month));
    }

    private static PolicyLimit Limit(LimitPeriod period) => new("total_budget_limits", LimitSubject.Everything, null, period, 1_000_000_000m);

    private static void Report(string name, params PolicyLimit[] limits)
    {
        var guard = new BudgetGuard(new CostPolicy { Limits = limits });
        double[] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => Measure(guard)).Skip(Rounds / 3).Order()];
        double half = rounds[rounds.Length / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"reserve and settle in memory, {Threads} threads, {name}: {half:0.00} us a call ({half / TargetMicroseconds:0.00} of the {TargetMicroseconds} us allowed), slowest round {rounds[^1]:0.00} us"));
    }

    // The time that passes for a call, with all threads at work.
    private static double Measure(BudgetGuard guard)
    {
        Thread[] callers = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() => Spend(guard, thread)))];
        long start = Stopwatch.GetTimestamp();
        Array.ForEach(callers, static caller => caller.Start());
        Array.ForEach(callers, static caller => caller.Join());
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / (Threads * CallsPerThread);
    }

    private static void Spend(BudgetGuard guard, int thread)
    {
        var call = new CallAttribution { RunId = $"run-{thread}", Agent = "triage", Model = "gpt-4o-mini", Customer = "acme" };
        for (int number = 0; number < CallsPerThread; number++)
        {
            // In memory neither waits for anything.
            BudgetReservation reservation = guard.ReserveAsync(call, new BudgetAmount(0.001m, 1, 500)).Result;
            reservation.SettleAsync(new BudgetAmount(0.0004m, 1, 210)).GetAwaiter().GetResult();
        }
    }
}
