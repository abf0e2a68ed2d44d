using Magsag.Runtime;

namespace Magsag.Storage.Budgets.Slices;

/// <summary>What a round changes in the rows of its accounts, which nobody else changes meanwhile.</summary>
/// <remarks>
/// What may be spent of a lease counts as reserved from the moment it is leased, so that no process can spend what another may. What all
/// processes may leave unused is bounded by a part of the limit: only so much can be missing when a call is refused.
/// </remarks>
internal sealed class SliceRenewal(IReadOnlyDictionary<string, BudgetAccount> accounts, Dictionary<Guid, BudgetLease> leases, BudgetSliceOptions options, long observed, long serverTime)
{
    /// <summary>Whether the server's disk has to have it before anybody goes on: more is leased than before, or a lease is ended, which nobody restates.</summary>
    /// <remarks>Of less a crash may take back anything: it counts as reserved then until its process restates it, or its lease ends.</remarks>
    public bool HasToLast { get; private set; }

    public void Apply(SliceRound round)
    {
        foreach (SliceReport report in round.Reports)
        {
            Restate(report, round.Time);
        }

        foreach (BudgetLease lease in leases.Values)
        {
            lease.IsChanged |= BudgetStateMachine.Expire(lease.Claim, round.Time);
        }

        foreach (SliceDemand demand in round.Demands)
        {
            demand.Refusal = Grant(demand, round);
        }

        foreach (SliceReport report in round.Reports)
        {
            Extend(report);
        }
    }

    // First all slices are what is really used of them: what lies unused here is no reason to refuse a call from here.
    private void Restate(SliceReport report, DateTimeOffset now)
    {
        BudgetSlice slice = report.Slice;
        BudgetLease? lease = leases.GetValueOrDefault(slice.Id);
        if (lease is null && slice.IsLeased)
        {
            report.Forget();
        }

        if (lease is null)
        {
            BudgetSlot slot = accounts[slice.Slot.Account].SlotAt(slice.Slot.Start);
            var claim = new OpenClaim { Id = report.IsForgotten ? Guid.NewGuid() : slice.Id, Slots = [slot], Amount = default, Expires = 0 };
            leases[claim.Id] = lease = new BudgetLease(claim);
        }

        report.Lease = lease;
        report.LeasedBefore = lease.Claim.Settled + lease.Claim.Amount;
        lease.IsChanged = true;
        lease.Allowed = report.Allowed;
        lease.ValidUntil = serverTime + options.Lease.Ticks;
        BudgetStateMachine.Renew(lease.Claim, report.Spent, report.Reserved);
        lease.Claim.Expires = Math.Max((now + options.Lease).UtcTicks, report.Expires);
        lease.Claim.ForgetAt = observed + Math.Max(0, lease.Claim.Expires - now.UtcTicks) + BudgetStateMachine.LateAnswers.Ticks;
        lease.Claim.Slots[0].KeepUntil(lease.Claim.ForgetAt);
        if (report.Line is { } line)
        {
            lease.Since = line.From.UtcTicks;
            lease.Claim.Slots[0].KeepFor(line, now, observed);
        }
    }

    // A rolling window has no end, so what is entered here is also in the windows of processes whose clocks are behind. What they may still spend
    // without asking was leased within those: they must have room, too.
    private IEnumerable<BudgetLine> WindowsOf(BudgetLine line)
    {
        yield return line;
        if (line.To != DateTimeOffset.MaxValue)
        {
            yield break;
        }

        foreach (BudgetLease lease in leases.Values)
        {
            if (lease.ValidUntil > serverTime && lease.Since < line.From.UtcTicks && lease.Claim.Slots[0].Account == line.Account && lease.Allowed != default)
            {
                yield return line with { From = new DateTimeOffset(lease.Since, TimeSpan.Zero) };
            }
        }
    }

    private BudgetDecision? Grant(SliceDemand demand, SliceRound round)
    {
        BudgetClaim claim = demand.Claim;
        foreach (BudgetLine line in claim.Lines)
        {
            foreach (BudgetLine window in WindowsOf(line))
            {
                (BudgetAmount spent, BudgetAmount reserved) = accounts[line.Account].Sum(window);
                if (!line.Allows(spent + reserved + claim.Amount))
                {
                    return new BudgetDecision(line, spent, reserved);
                }
            }
        }

        for (int index = 0; index < claim.Lines.Count; index++)
        {
            SliceReport report = round.Report(demand.Slices[index]);
            OpenClaim lease = report.Lease!.Claim;
            BudgetStateMachine.Renew(lease, lease.Settled, lease.Amount + claim.Amount);
            lease.Slots[0].KeepFor(claim.Lines[index], claim.Time, observed);
        }

        return null;
    }

    private void Extend(SliceReport report)
    {
        BudgetLease lease = report.Lease!;
        BudgetAmount used = lease.Claim.Amount;
        BudgetAmount amount = used;
        if (report is { WantsMore: true, Line: { } line })
        {
            lease.Allowed = AllowanceOf(report, line);
            amount += BudgetAmount.Max(lease.Allowed.Half(), lease.Allowed - amount);
        }

        // What was leased before may be spent already: it stays, and is told as what it is.
        amount = BudgetAmount.Max(amount, report.Kept);
        lease.Allowed = BudgetAmount.Max(lease.Allowed, amount - used);
        BudgetStateMachine.Renew(lease.Claim, lease.Claim.Settled, amount);
        lease.IsEnded = report is { IsReturned: true, IsDemanded: false, WantsMore: false, Slice.Claims: 0 } && lease.Claim.Amount == default;
        HasToLast |= lease.IsEnded || !(lease.Claim.Settled + lease.Claim.Amount).IsWithin(report.LeasedBefore);
    }

    // Half of what the others leave of the part that may lie unused, and no more than a quarter of what is free at all: the nearer the limit, the smaller.
    private BudgetAmount AllowanceOf(SliceReport report, BudgetLine line)
    {
        BudgetAmount taken = WindowsOf(line).Select(accounts[line.Account].Sum).Select(static sums => sums.Spent + sums.Reserved).Aggregate(BudgetAmount.Max);
        BudgetAmount others = default;
        foreach (BudgetLease other in leases.Values)
        {
            BudgetSlot slot = other.Claim.Slots[0];
            if (other != report.Lease && !other.Claim.IsCharged && slot.Account == line.Account && slot.Start >= line.From.UtcTicks && slot.Start < line.To.UtcTicks)
            {
                others += other.Allowed;
            }
        }

        BudgetAmount typical = report.Typical;
        decimal calls = Math.Max(report.Calls, options.CallsPerSlice);
        Bound(line.MaxUsd, taken.Usd, others.Usd, typical.Usd);
        Bound(line.MaxCalls, taken.Calls, others.Calls, typical.Calls);
        Bound(line.MaxTokens, taken.Tokens, others.Tokens, typical.Tokens);
        return calls < 1m ? default : new BudgetAmount(Down(typical.Usd * calls), (long)(typical.Calls * calls), (long)(typical.Tokens * calls));

        void Bound(decimal? max, decimal taken, decimal others, decimal typical)
        {
            if (max is { } most && typical > 0m)
            {
                calls = Math.Min(calls, Math.Min(((most * options.RefusablePart) - others) / 2m, (most - taken) / 4m) / typical);
            }
        }
    }

    // Few digits, so that sums stay exact.
    private static decimal Down(decimal usd) => decimal.Round(usd, 9, MidpointRounding.ToZero);
}
