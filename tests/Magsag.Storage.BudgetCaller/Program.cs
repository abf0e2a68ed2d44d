using System.Globalization;
using System.Text;
using Magsag.Runtime;
using Magsag.Storage;
using Magsag.Storage.BudgetCaller;
using Npgsql;

// Eight callers make calls of random cost against one limit until it is used up, and write what each was billed into a file of the process's own.
// Arguments: sqlite|postgres|naive, address, limit in US dollars, file of the bills, seed, percent of calls in which the process kills itself.
string kind = args[0];
decimal limit = decimal.Parse(args[2], CultureInfo.InvariantCulture);
int seed = int.Parse(args[4], CultureInfo.InvariantCulture);
int deaths = int.Parse(args[5], CultureInfo.InvariantCulture);

await using NpgsqlDataSource? source = kind == "postgres" ? NpgsqlDataSource.Create(args[1]) : null;
IBudgetStore store = kind switch
{
    "sqlite" => new SqliteBudgetStore(args[1]),
    "postgres" => await PostgresBudgetStore.OpenAsync(source!),
    _ => new NaiveBudgetStore(args[1]),
};
await using var bills = new FileStream(args[3], FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
await Task.WhenAll(Enumerable.Range(0, 8).Select(caller => Task.Run(() => CallAsync(new Random(seed + caller)))));

async Task CallAsync(Random random)
{
    for (int refusals = 0; refusals < 5;)
    {
        decimal cap = random.Next(1, 500) / 1000m;
        DateTimeOffset now = DateTimeOffset.UtcNow;
        var claim = new BudgetClaim(Guid.NewGuid(), now, now.AddSeconds(30), new BudgetAmount(cap, 1, 1), [BudgetTest.Line(limit)]);
        if (!(await store.TryReserveAsync(claim)).IsGranted)
        {
            refusals++;
            continue;
        }

        // The call takes its time, so that calls overlap.
        await Task.Delay(random.Next(4));
        DieNowAndThen(random);
        if (random.Next(5) == 0)
        {
            await store.ReleaseAsync(claim.Id);
            continue;
        }

        decimal cost = cap * random.Next(1, 101) / 100m;
        byte[] bill = Encoding.ASCII.GetBytes(cost.ToString(CultureInfo.InvariantCulture) + "\n");
        lock (bills)
        {
            bills.Write(bill);
        }

        DieNowAndThen(random);
        await store.SettleAsync(claim.Id, new BudgetAmount(cost, 1, 1));
        if (random.Next(10) == 0)
        {
            await store.SettleAsync(claim.Id, new BudgetAmount(cost, 1, 1));
        }
    }
}

void DieNowAndThen(Random random)
{
    if (random.Next(100) < deaths)
    {
        System.Diagnostics.Process.GetCurrentProcess().Kill();
    }
}
