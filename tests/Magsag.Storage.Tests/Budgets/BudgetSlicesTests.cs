using Magsag.Runtime;
using Magsag.Storage.Budgets.Slices;

namespace Magsag.Storage.Tests;

/// <summary>The slices of one process, with a database of dictionaries.</summary>
public sealed class BudgetSlicesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly BudgetLine Line = new("all|Day", Now.Date, Now.Date, Now.Date.AddDays(1), Now.Date.AddDays(2)) { MaxUsd = 100m };

    private readonly BudgetSlices _slices = new(new JumpingClock(Now), new BudgetSliceOptions());
    private readonly BudgetAccount _account = new(Line.Account);
    private readonly Dictionary<Guid, BudgetLease> _leases = [];

    [Fact]
    public void Room_that_is_leased_in_the_moment_its_caller_gives_up_goes_back_with_the_next_round()
    {
        var demand = new SliceDemand(new BudgetClaim(Guid.NewGuid(), Now, Now.AddMinutes(10), new BudgetAmount(50m, 1, 100), [Line]));
        Assert.False(_slices.TryReserve(demand.Claim));
        _slices.Demand(demand);
        SliceRound round = _slices.Begin()!;
        Apply(round);
        demand.IsAbandoned = true;
        Assert.False(_slices.Settle(demand.Claim.Id, default));

        _slices.Complete(round);

        Assert.True(_account.Sum(Line).Reserved.Usd >= 50m);
        SliceRound next = Assert.IsType<SliceRound>(_slices.Begin());
        Apply(next);
        _slices.Complete(next);
        Assert.InRange(_account.Sum(Line).Reserved.Usd, 0m, 10m);
        Assert.Null(_slices.Begin());
    }

    private void Apply(SliceRound round) =>
        new SliceRenewal(new Dictionary<string, BudgetAccount> { [_account.Name] = _account }, _leases, new BudgetSliceOptions(), observed: 0, serverTime: 0).Apply(round);
}
