namespace Magsag.Runtime.Tests;

public sealed class ConcurrencyTests
{
    private const decimal Limit = 5m;
    private const int Callers = 64;

    [Fact]
    public async Task Sixty_four_callers_never_spend_more_than_the_limit()
    {
        var guard = new BudgetGuard(new CostPolicy { Limits = [new PolicyLimit("r", LimitSubject.Everything, null, LimitPeriod.Run, Limit)] });
        var call = new CallAttribution { RunId = "r1" };

        decimal billed = await RunAsync(async (cap, cost) =>
        {
            BudgetReservation reservation;
            try
            {
                reservation = await guard.ReserveAsync(call, new BudgetAmount(cap, 1, 1));
            }
            catch (BudgetExceededException)
            {
                return false;
            }

            await Task.Yield();
            await (cost == 0m ? reservation.ReleaseAsync() : reservation.SettleAsync(new BudgetAmount(cost, 1, 1)));
            return true;
        });

        Assert.InRange(billed, Limit / 2, Limit);
    }

    // The check that the project was begun with: it adds up what is spent only after the call.
    [Fact]
    public async Task Checking_first_and_adding_afterwards_fails_the_same_test()
    {
        decimal spent = 0m;
        var gate = new Lock();

        decimal billed = await RunAsync(async (cap, cost) =>
        {
            lock (gate)
            {
                if (spent + cap > Limit)
                {
                    return false;
                }
            }

            await Task.Delay(1);
            lock (gate)
            {
                spent += cost;
            }

            return true;
        });

        Assert.True(billed > Limit, $"{billed} were billed.");
    }

    private static async Task<decimal> RunAsync(Func<decimal, decimal, Task<bool>> tryCall)
    {
        decimal billed = 0m;
        var gate = new Lock();
        using var start = new SemaphoreSlim(0);
        Task[] callers = [.. Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            await start.WaitAsync();
            for (int number = 0; number < 40; number++)
            {
                decimal cap = random.Next(1, 2000) / 10_000m;
                decimal cost = random.Next(4) == 0 ? 0m : cap * random.Next(1, 101) / 100m;
                if (await tryCall(cap, cost))
                {
                    lock (gate)
                    {
                        billed += cost;
                    }
                }
            }
        }))];
        start.Release(Callers);
        await Task.WhenAll(callers);
        return billed;
    }
}
