namespace Magsag.Runtime.Sdks.Tests;

/// <summary>A test of clients whose calls or tokens a day are limited.</summary>
public abstract class BudgetedClientTest : RecordedClientTest
{
    /// <summary>Where the budgets of the test are kept, unless it says otherwise.</summary>
    protected BudgetOptions Options { get; } = new() { Store = new InMemoryBudgetStore() };

    protected BudgetGuard Guard(decimal max, LimitMeasure measure = LimitMeasure.Calls, BudgetOptions? options = null) =>
        new(new CostPolicy { Limits = [new PolicyLimit("r", LimitSubject.Everything, null, LimitPeriod.Day, max) { Measure = measure }] }, options ?? Options);

    /// <summary>What is spent and reserved of the day's limit.</summary>
    protected async Task<(decimal Spent, decimal Reserved)> AccountAsync(LimitMeasure measure = LimitMeasure.Calls, BudgetOptions? options = null)
    {
        var refused = await Assert.ThrowsAsync<BudgetExceededException>(async () => await Guard(0m, measure, options).ReserveAsync(new CallAttribution(), new BudgetAmount(0m, 1, 1)));
        return (refused.Spent, refused.Reserved);
    }
}
