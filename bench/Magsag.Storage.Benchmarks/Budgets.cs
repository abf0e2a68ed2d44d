using System.Diagnostics;
using System.Globalization;
using Magsag.Runtime;
using Magsag.Storage.Budgets;
using Magsag.Storage.Budgets.Slices;
using Npgsql;

namespace Magsag.Storage.Benchmarks;

/// <summary>Reserving and settling in a store that processes share.</summary>
internal static class Budgets
{
    private const int CallsPerClient = 4_000;
    private const int Rounds = 5;

    /// <summary>One client in SQLite; sixteen in PostgreSQL, each on an account of its own and then all on one.</summary>
    public static async Task RunAsync(string address)
    {
        if (!address.StartsWith("Host=", StringComparison.Ordinal))
        {
            using var file = new SqliteBudgetStore(address);
            await MeasureAsync("SQLite", file, clients: 1, accounts: 1, targetMicroseconds: 200);
            return;
        }

        await using NpgsqlDataSource source = NpgsqlDataSource.Create(address);
        await using PostgresBudgetStore server = await PostgresBudgetStore.OpenAsync(source);
        await MeasureAsync("PostgreSQL", server, clients: 1, accounts: 1, targetMicroseconds: 20);
        await MeasureAsync("PostgreSQL", server, clients: 16, accounts: 16, targetMicroseconds: 20);
        await MeasureAsync("PostgreSQL", server, clients: 16, accounts: 1, targetMicroseconds: 20);

        // Without slices each call asks.
        await using PostgresBudgetStore asking = await PostgresBudgetStore.OpenAsync(source, new BudgetSliceOptions { RefusablePart = 0m });
        await MeasureAsync("PostgreSQL without slices", asking, clients: 16, accounts: 1, targetMicroseconds: 2000, calls: 200);
    }

    private static async Task MeasureAsync(string name, BudgetStore store, int clients, int accounts, double targetMicroseconds, int calls = CallsPerClient)
    {
        List<double> all = [];
        for (int round = 0; round < Rounds; round++)
        {
            double[][] times = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => SpendAsync(store, $"all|Day|{client % accounts}", calls))));

            // The first round warms up.
            if (round > 0)
            {
                all.AddRange(times.SelectMany(static client => client));
            }
        }

        all.Sort();
        double half = all[all.Count / 2];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"reserve and settle in {name}, {clients} clients on {accounts} accounts: p50 {half:0} us ({half / targetMicroseconds:0.00} of the {targetMicroseconds} us allowed), p99 {all[all.Count * 99 / 100]:0} us"));
    }

    private static async Task<double[]> SpendAsync(BudgetStore store, string account, int calls)
    {
        double[] microseconds = new double[calls];
        for (int call = 0; call < microseconds.Length; call++)
        {
            long start = Stopwatch.GetTimestamp();
            DateTimeOffset now = DateTimeOffset.UtcNow;
            var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
            var line = new BudgetLine(account, day, day, day.AddDays(1), day.AddDays(2)) { MaxUsd = 1_000_000_000m };
            var claim = new BudgetClaim(Guid.NewGuid(), now, now.AddMinutes(10), new BudgetAmount(0.001m, 1, 500), [line]);
            await store.TryReserveAsync(claim);
            await store.SettleAsync(claim.Id, new BudgetAmount(0.0004m, 1, 210));
            microseconds[call] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return microseconds;
    }
}
