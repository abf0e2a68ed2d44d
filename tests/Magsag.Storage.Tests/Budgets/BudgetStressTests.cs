using System.Diagnostics;
using System.Globalization;
using Magsag.Runtime;
using Magsag.Storage.BudgetCaller;
using Npgsql;

namespace Magsag.Storage.Tests;

/// <summary>Sixty-four callers in eight processes against one limit, with random costs, failures, kills and restarts.</summary>
/// <remarks>Runs once for each database; the variable <c>MAGSAG_BUDGET_RUNS</c> asks for more (1000 before a release).</remarks>
public sealed class BudgetStressTests
{
    private const int Processes = 8;
    private const decimal Limit = 20m;
    private static readonly int Runs = int.Parse(Environment.GetEnvironmentVariable("MAGSAG_BUDGET_RUNS") ?? "1", CultureInfo.InvariantCulture);

    [Theory]
    [EveryStore]
    public async Task Eight_processes_that_are_killed_and_restarted_never_spend_more_than_the_limit(StoreKind kind)
    {
        for (int run = 0; run < Runs; run++)
        {
            using var runs = new RunsDirectory();
            Directory.CreateDirectory(Path.GetDirectoryName(runs.Database)!);
            string address = kind == StoreKind.Sqlite ? runs.Database : BudgetDatabase.Create();

            (decimal billed, int killed) = await RunAsync(kind == StoreKind.Sqlite ? "sqlite" : "postgres", address, Path.GetDirectoryName(runs.Database)!, run, deaths: 2);

            Assert.True(billed <= Limit, $"{billed} were billed of {Limit} in run {run}.");
            Assert.True(billed > Limit / 4, $"Only {billed} were billed in run {run}.");
            Assert.True(killed > 0 || Runs > 1, "No process was killed.");
            await NothingStaysReservedAsync(kind, address);
        }
    }

    [Fact]
    public async Task Checking_first_and_adding_afterwards_fails_the_same_test()
    {
        using var runs = new RunsDirectory();
        Directory.CreateDirectory(Path.GetDirectoryName(runs.Database)!);

        (decimal billed, int _) = await RunAsync("naive", runs.Database, Path.GetDirectoryName(runs.Database)!, seed: 1, deaths: 0);

        Assert.True(billed > Limit, $"Only {billed} were billed.");
    }

    private static async Task NothingStaysReservedAsync(StoreKind kind, string address)
    {
        DateTimeOffset afterTheLease = DateTimeOffset.UtcNow.AddSeconds(30);
        BudgetLine line = BudgetTest.Line(Limit);
        if (kind == StoreKind.Sqlite)
        {
            using var store = new SqliteBudgetStore(address);
            Assert.Equal(default, (await store.ReadAsync(line, afterTheLease)).Reserved);
            return;
        }

        await using NpgsqlDataSource source = NpgsqlDataSource.Create(address);
        PostgresBudgetStore server = await PostgresBudgetStore.OpenAsync(source);
        Assert.Equal(default, (await server.ReadAsync(line, afterTheLease)).Reserved);
    }

    private static async Task<(decimal Billed, int Killed)> RunAsync(string kind, string address, string directory, int seed, int deaths)
    {
        int started = 0;
        int killed = 0;
        await Task.WhenAll(Enumerable.Range(0, Processes).Select(async _ =>
        {
            // A process that killed itself is started again, now as one that doesn't.
            for (int lives = 2; lives > 0; lives--)
            {
                int number = Interlocked.Increment(ref started);
                using Process caller = Start(kind, address, Path.Combine(directory, $"{number}.bills"), (seed * 1000) + (number * 10), lives == 2 ? deaths : 0);
                Task<string> errors = caller.StandardError.ReadToEndAsync();
                await caller.WaitForExitAsync();
                if (caller.ExitCode == 0)
                {
                    return;
                }

                Assert.True(deaths > 0 && lives == 2, $"A caller failed: {await errors}");
                Interlocked.Increment(ref killed);
            }
        }));
        decimal billed = Directory.GetFiles(directory, "*.bills").SelectMany(File.ReadAllLines).Sum(static line => decimal.Parse(line, CultureInfo.InvariantCulture));
        return (billed, killed);
    }

    private static Process Start(string kind, string address, string bills, int seed, int deaths)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        foreach (string argument in new[] { Path.Combine(AppContext.BaseDirectory, "Magsag.Storage.BudgetCaller.dll"), kind, address, Limit.ToString(CultureInfo.InvariantCulture), bills, seed.ToString(CultureInfo.InvariantCulture), deaths.ToString(CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
