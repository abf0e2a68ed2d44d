using System.Diagnostics;
using System.Globalization;
using System.Text;
using Magsag.Runtime;
using Magsag.Storage.BudgetCaller;
using Magsag.Storage.Budgets;
using Npgsql;

// Sixty-four callers make calls of random cost against one limit until it is used up, and write what each was billed into a file of the process's own.
// They ask twice, give up waiting, leave calls open that were billed, and answer twice; the process's clock is wrong.
// Arguments: sqlite|postgres|naive, address, limit in US dollars, file of the bills, days by which the clock is ahead.
// Each line of the input is one such round: account, seed, and at which chance the process kills itself (0: never). Each is answered by a line.
string kind = args[0];
const int Callers = 64;
const int MostRefusals = 3;
TimeSpan ahead = TimeSpan.FromDays(int.Parse(args[4], CultureInfo.InvariantCulture));
decimal limit = decimal.Parse(args[2], CultureInfo.InvariantCulture);

await using NpgsqlDataSource? source = kind == "postgres" ? NpgsqlDataSource.Create(args[1]) : null;
BudgetStore store = kind switch
{
    "sqlite" => new SqliteBudgetStore(args[1]),
    "postgres" => await PostgresBudgetStore.OpenAsync(source!),
    _ => new NaiveBudgetStore(args[1]),
};
await using var bills = new FileStream(args[3], FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
Console.WriteLine("ready");
while (Console.ReadLine() is { } order)
{
    string[] parts = order.Split(' ');
    int seed = int.Parse(parts[1], CultureInfo.InvariantCulture);
    int untilDeath = int.Parse(parts[2], CultureInfo.InvariantCulture);
    await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(parts[0], new Random(seed + caller), DieInTime))));
    if (store is PostgresBudgetStore server)
    {
        await server.ReturnAsync();
    }

    Console.WriteLine("done");

    void DieInTime()
    {
        if (Interlocked.Decrement(ref untilDeath) == 0)
        {
            Process.GetCurrentProcess().Kill();
        }
    }
}

async Task CallAsync(string account, Random random, Action chance)
{
    for (int refusals = 0; refusals < MostRefusals;)
    {
        decimal cap = random.Next(1, 500) / 10_000m;
        DateTimeOffset now = DateTimeOffset.UtcNow + ahead;
        var claim = new BudgetClaim(Guid.NewGuid(), now, now.AddSeconds(30), new BudgetAmount(cap, 1, 1), [BudgetTest.Line(limit, account)]);
        if (await TryReserveAsync(claim, random) is not { } isGranted)
        {
            continue;
        }

        if (!isGranted)
        {
            refusals++;
            continue;
        }

        // The call takes its time, so that calls overlap.
        await Task.Delay(random.Next(4));
        chance();
        int end = random.Next(20);
        if (end < 4)
        {
            await store.ReleaseAsync(claim.Id);
            continue;
        }

        decimal cost = end == 4 ? cap : cap * random.Next(1, 101) / 100m;
        byte[] bill = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{account} {cost}\n"));
        lock (bills)
        {
            bills.Write(bill);
        }

        chance();
        if (end == 4)
        {
            // Nobody hears of the answer: the call stays open until its lease is over.
            continue;
        }

        await store.SettleAsync(claim.Id, new BudgetAmount(cost, 1, 1));
        if (end == 5)
        {
            await store.SettleAsync(claim.Id, new BudgetAmount(cost, 1, 1));
        }
    }
}

// Null when the caller gave up waiting; it makes no call then.
async Task<bool?> TryReserveAsync(BudgetClaim claim, Random random)
{
    int patience = random.Next(10);
    try
    {
        using var timeout = new CancellationTokenSource(patience == 0 ? TimeSpan.FromMilliseconds(random.Next(1, 5)) : Timeout.InfiniteTimeSpan);
        bool isGranted = (await store.TryReserveAsync(claim, timeout.Token)).IsGranted;
        return isGranted && patience == 1 ? (await store.TryReserveAsync(claim)).IsGranted : isGranted;
    }
    catch (OperationCanceledException)
    {
        return null;
    }
}
