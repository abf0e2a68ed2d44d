using System.Net;
using Magsag.Pricing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Magsag.Runtime.Tests;

public sealed class GuardedCallTests
{
    private static readonly BudgetAmount Worst = new(0.1m, 1, 10);

    private readonly BudgetOptions _options = new() { Store = new InMemoryBudgetStore() };

    [Fact]
    public async Task A_request_that_carries_another_calls_reservation_gets_one_of_its_own()
    {
        GuardedCall asked = await BeginAsync(), answering = await BeginAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.openai.com/v1/chat/completions");
        object layer = new(), handler = new();

        // A handler that sends the app's own request on for a call of its own, which times out, and sends it again.
        await asked.SendAsync(layer, request, async () =>
        {
            for (int attempt = 0; attempt < 2; attempt++)
            {
                await Assert.ThrowsAsync<TaskCanceledException>(() => answering.SendAsync(handler, request, static () => throw new TaskCanceledException("late", new TimeoutException()), CancellationToken.None));
            }

            await answering.FailAsync(new TaskCanceledException("late", new TimeoutException()));
            return new HttpResponseMessage(HttpStatusCode.OK);
        }, CancellationToken.None);
        await asked.SucceedAsync(new BudgetAmount(0.01m, 1, 1));

        // Both attempts of the one, and what the other was answered.
        Assert.Equal(((2 * 0.1m) + 0.01m, 0m), await AccountAsync());
    }

    private BudgetGuard Guard(decimal max) => new(new CostPolicy { Limits = [new PolicyLimit("r", LimitSubject.Everything, null, LimitPeriod.Day, max)] }, _options);

    private async Task<GuardedCall> BeginAsync()
    {
        BudgetGuard guard = Guard(1m);
        var call = new CallAttribution { Model = "gpt-4o-mini" };
        return new GuardedCall(new BudgetAdmission(guard, NullLogger.Instance), call, await guard.ReserveAsync(call, Worst), null);
    }

    private async Task<(decimal Spent, decimal Reserved)> AccountAsync()
    {
        var refused = await Assert.ThrowsAsync<BudgetExceededException>(async () => await Guard(0m).ReserveAsync(new CallAttribution(), new BudgetAmount(1m, 1, 1)));
        return (refused.Spent, refused.Reserved);
    }
}
