using System.Diagnostics;
using System.Globalization;
using System.Text;
using Magsag.Runtime;
using Magsag.Storage;
using Magsag.Storage.BudgetCaller;
using Npgsql;

// Eight callers make calls of random cost against one limit until it is used up, and write what each was billed into a file of the process's own.
// Arguments: sqlite|postgres|naive, address, limit in US dollars, file of the bills.
// Each line of the input is one such round: account, seed, and at which chance the process kills itself (0: never). Each is answered by a line.
string kind = args[0];
decimal limit = decimal.Parse(args[2], CultureInfo.InvariantCulture);

await using NpgsqlDataSource? source = kind == "postgres" ? NpgsqlDataSource.Create(args[1]) : null;
IBudgetStore store = kind switch
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
    await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(() => CallAsync(parts[0], new Random(seed + caller), DieInTime))));
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
    for (int refusals = 0; refusals < 5;)
    {
        decimal cap = random.Next(1, 500) / 1000m;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        var claim = new BudgetClaim(Guid.NewGuid(), now, now.AddSeconds(30), new BudgetAmount(cap, 1, 1), [BudgetTest.Line(limit, account)]);
        if (!(await store.TryReserveAsync(claim)).IsGranted)
        {
            refusals++;
            continue;
        }

        // The call takes its time, so that calls overlap.
        await Task.Delay(random.Next(4));
        chance();
        if (random.Next(5) == 0)
        {
            await store.ReleaseAsync(claim.Id);
            continue;
        }

        decimal cost = cap * random.Next(1, 101) / 100m;
        byte[] bill = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{account} {cost}\n"));
        lock (bills)
        {
            bills.Write(bill);
        }

        chance();
        await store.SettleAsync(claim.Id, new BudgetAmount(cost, 1, 1));
        if (random.Next(10) == 0)
        {
            await store.SettleAsync(claim.Id, new BudgetAmount(cost, 1, 1));
        }
    }
}
