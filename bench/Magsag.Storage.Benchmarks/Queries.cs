using System.Diagnostics;
using System.Globalization;
using Magsag.Ledger.Records;
using Magsag.Storage.Queries;
using Magsag.Storage.Stores;

namespace Magsag.Storage.Benchmarks;

/// <summary>Measures questions: the first time with a store just opened, and the median of the next ones.</summary>
internal static class Queries
{
    private const int Repetitions = 5;

    private static readonly DateTimeOffset Middle = new(2026, 10, 15, 12, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, RecordFilter Filter)[] Pages =
    [
        ("newest", new()),
        ("run", new() { RunId = "run-00001234" }),
        ("agent", new() { Agent = "agent-7" }),
        ("customer", new() { Customer = "customer-42" }),
        ("model", new() { Model = "gpt-4o" }),
        ("agent, customer, until", new() { Agent = "agent-7", Customer = "customer-13", Until = Middle }),
        ("agent until", new() { Agent = "agent-7", Until = Middle }),
        ("site", new() { Site = "src/Agents/Agent3.cs" }),
        ("day", new() { Since = Middle, Until = Middle.AddDays(1) }),
        ("cancelled", new() { Outcome = CallOutcome.Cancelled }),
        ("agent nobody", new() { Agent = "nobody" }),
        ("search cost_usd", new() { Search = "cost_usd" }),
        ("search words", new() { Search = "agent3 stepasync customer:42" }),
        ("search run", new() { Search = "run-0000beef" }),
        ("search outcome:error", new() { Search = "outcome:error agent:7" }),
    ];

    private static readonly (string Name, CostQuery Query)[] Sums =
    [
        ("month by agent", new() { GroupBy = [CostDimension.Agent] }),
        ("month by day, model", new() { GroupBy = [CostDimension.Day, CostDimension.Model] }),
        ("month by customer", new() { GroupBy = [CostDimension.Customer] }),
        ("month by call site", new() { GroupBy = [CostDimension.Site] }),
        ("part of days by agent", new() { Filter = new() { Since = Middle.AddHours(11), Until = Middle.AddDays(3).AddHours(-11) }, GroupBy = [CostDimension.Agent] }),
    ];

    public static async Task RunAsync(string address)
    {
        foreach ((string name, RecordFilter filter) in Pages)
        {
            await MeasureAsync(name, address, async store => (await store.QueryAsync(new RecordQuery { Filter = filter })).Records.Count);
        }

        foreach ((string name, CostQuery query) in Sums)
        {
            await MeasureAsync(name, address, async store => (await store.SummarizeAsync(query)).Count);
        }
    }

    private static async Task MeasureAsync(string name, string address, Func<ICostStore, Task<int>> ask)
    {
        long start = Stopwatch.GetTimestamp();
        await using ICostStore store = await CostStore.OpenAsync(address);
        int rows = await ask(store);
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        double[] next = new double[Repetitions];
        for (int index = 0; index < Repetitions; index++)
        {
            start = Stopwatch.GetTimestamp();
            await ask(store);
            next[index] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-24} {rows,7} rows, opened and asked {first,8:0.0} ms, asked again {next.Order().ElementAt(Repetitions / 2),8:0.0} ms"));
    }
}
