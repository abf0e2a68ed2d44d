using Magsag.Runtime;

namespace Magsag.Storage.Budgets.Slices;

/// <summary>The slices of one process and the claims on them. Its caller has the lock.</summary>
internal sealed class BudgetSlices(TimeProvider time, BudgetSliceOptions options)
{
    private readonly Dictionary<string, List<BudgetSlice>> _slices = new(StringComparer.Ordinal);
    private readonly OpenClaims _claims = new();
    private readonly HashSet<BudgetSlice> _renewing = [];
    private readonly long _opened = time.GetTimestamp();
    private List<SliceDemand> _demands = [];
    private DateTimeOffset _callersTime;
    private long _callersTimeAt;

    /// <summary>The time of whoever called last, and what passed since.</summary>
    public DateTimeOffset CallersTime => _callersTimeAt == 0 ? time.GetUtcNow() : _callersTime + time.GetElapsedTime(_callersTimeAt);

    /// <summary>Enters a claim when all its slices have room, or when it is entered already.</summary>
    public bool TryReserve(BudgetClaim claim)
    {
        _callersTimeAt = time.GetTimestamp();
        _callersTime = claim.Time;
        if (_claims.Contains(claim.Id))
        {
            return true;
        }

        BudgetSlice[] slices = SlicesOf(claim);
        for (int index = 0; index < slices.Length; index++)
        {
            if (!slices[index].HasRoom(claim.Lines[index], claim.Amount, _callersTimeAt))
            {
                return false;
            }
        }

        Enter(claim, slices);
        return true;
    }

    /// <summary>Puts a claim in the line for the database.</summary>
    public void Demand(SliceDemand demand) => _demands.Add(demand);

    /// <summary>Ends a claim.</summary>
    /// <returns>Whether the database has to hear of it before the caller goes on: more was spent than leased, or too much lies unused now.</returns>
    public bool Settle(Guid id, BudgetAmount actual)
    {
        if (!_claims.Remove(id, out OpenClaim? claim))
        {
            return false;
        }

        BudgetStateMachine.Settle(claim, actual);
        bool mustTell = false;
        foreach (BudgetSlot slot in claim.Slots)
        {
            BudgetSlice slice = SliceOf(slot.Account, slot.Start);
            slice.Claims--;
            slice.Version++;
            if (slice.IsOverdrawn || slice.HasTooMuch)
            {
                _renewing.Add(slice);
                mustTell = true;
            }
        }

        return mustTell;
    }

    /// <summary>Whether a slice will soon be used up, or has to be given back.</summary>
    public bool WantsRound => _renewing.Count > 0;

    /// <summary>Gives back what lies unused of some slices.</summary>
    public void Return(Func<BudgetSlice, bool> which)
    {
        foreach (BudgetSlice slice in _slices.Values.SelectMany(static slices => slices).Where(which))
        {
            Return(slice);
        }
    }

    /// <summary>Gives back what nobody has used for a while, and forgets claims whose answer is too late.</summary>
    public bool ReturnIdle()
    {
        foreach (BudgetSlot slot in _claims.Forget(Observed).SelectMany(static claim => claim.Slots))
        {
            SliceOf(slot.Account, slot.Start).Claims--;
        }

        long now = time.GetTimestamp();
        Return(slice => time.GetElapsedTime(slice.LastUse, now) >= options.ReturnAfter && (slice.Version != slice.ReportedVersion || slice.Unused != default || slice.Claims == 0));
        return _renewing.Count > 0;
    }

    private long Observed => time.GetElapsedTime(_opened).Ticks;

    public void Expire(DateTimeOffset now) => _claims.Expire(now);

    /// <summary>Takes up what is to be asked now; null when nothing is.</summary>
    public SliceRound? Begin()
    {
        if (_demands.Count == 0 && _renewing.Count == 0)
        {
            return null;
        }

        _claims.Expire(CallersTime);
        foreach (BudgetSlice slice in _renewing.Where(static slice => slice.HasTooMuch))
        {
            slice.Freeze(slice.Allowed.Half());
        }

        var round = new SliceRound(CallersTime, time.GetTimestamp());
        round.Demands.AddRange(_demands.Where(static demand => !demand.IsAbandoned));
        _demands = [];
        foreach (SliceDemand demand in round.Demands)
        {
            demand.Slices = SlicesOf(demand.Claim);
            Freeze(demand);
        }

        foreach (SliceDemand demand in round.Demands)
        {
            for (int index = 0; index < demand.Slices.Length; index++)
            {
                round.Report(demand.Slices[index]).Demand(demand.Claim, demand.Claim.Lines[index]);
            }
        }

        foreach (BudgetSlice slice in _renewing)
        {
            SliceReport report = round.Report(slice);
            report.WantsMore |= !report.IsDemanded && slice is { RunsLow: true, Line: not null };
        }

        _renewing.Clear();
        return round;
    }

    /// <summary>Takes over what the database said.</summary>
    public void Complete(SliceRound round)
    {
        foreach (SliceReport report in round.Reports)
        {
            Complete(report, round.Timestamp + (long)(options.Lease.TotalSeconds * time.TimestampFrequency));
        }

        foreach (SliceDemand demand in round.Demands.Where(static demand => !demand.IsAbandoned))
        {
            if (demand.Refusal is { } refusal)
            {
                demand.Complete(refusal);
            }
            else if (_claims.Contains(demand.Claim.Id) || TryEnter(demand))
            {
                demand.Complete(BudgetDecision.Granted);
            }
            else
            {
                // Others were granted from memory meanwhile; the database decides anew.
                _demands.Add(demand);
            }
        }

        // A caller that gave up while its room was leased leaves it unused.
        foreach (BudgetSlice slice in round.Reports.Select(static report => report.Slice).Where(static slice => slice is { IsLeased: true, IsOverleased: true }))
        {
            _renewing.Add(slice);
        }
    }

    /// <summary>The database didn't answer. What it may have leased is only asked for again.</summary>
    public void Fail(SliceRound round, Exception error)
    {
        foreach (SliceReport report in round.Reports)
        {
            report.Slice.IsRenewing = false;
        }

        foreach (SliceDemand demand in round.Demands)
        {
            demand.Fail(error);
        }
    }

    private void Complete(SliceReport report, long validUntil)
    {
        BudgetSlice slice = report.Slice;
        BudgetLease lease = report.Lease!;
        if (report.IsForgotten)
        {
            slice.Close(report.Closed, lease.Claim.Id);
        }

        slice.IsRenewing = false;
        slice.IsLeased = true;
        slice.ValidUntil = validUntil;
        slice.Leased = report.Closed + lease.Claim.Settled + lease.Claim.Amount;
        slice.Allowed = lease.Allowed;
        slice.ReportedVersion = report.Version;
        if (report.IsDemanded)
        {
            slice.Line = report.WantsMore ? report.Line : null;
        }

        if (report.WantsMore)
        {
            long now = time.GetTimestamp();
            slice.Renewed(time.GetElapsedTime(slice.LastRenewal, now), now, options.CallsPerSlice);
        }

        if (report.Returns != slice.Returns)
        {
            // It was given back while the database was asked; the next round tells.
            slice.Return();
        }

        if (lease.IsEnded)
        {
            slice.Close(slice.Leased, Guid.NewGuid());
            if (slice.Claims == 0 && slice.Version == report.Version)
            {
                Remove(slice);
            }
        }
    }

    private bool TryEnter(SliceDemand demand)
    {
        if (!Array.TrueForAll(demand.Slices, slice => demand.Claim.Amount.IsWithin(slice.Unused)))
        {
            return false;
        }

        Enter(demand.Claim, demand.Slices);
        return true;
    }

    private void Enter(BudgetClaim claim, BudgetSlice[] slices)
    {
        _claims.Add(BudgetStateMachine.Enter(claim, Array.ConvertAll(slices, static slice => slice.Slot), Observed));
        foreach (BudgetSlice slice in slices)
        {
            slice.Enter(claim, _callersTimeAt);
            if (slice is { RunsLow: true, IsRenewing: false })
            {
                slice.IsRenewing = true;
                _renewing.Add(slice);
            }
        }
    }

    // What was leased under a limit that isn't as strict mustn't be spent under this one, and other slots of the account are given back before it refuses.
    private void Freeze(SliceDemand demand)
    {
        for (int index = 0; index < demand.Slices.Length; index++)
        {
            BudgetLine line = demand.Claim.Lines[index];
            BudgetSlice mine = demand.Slices[index];
            if (!mine.IsLeasedUnder(line))
            {
                mine.Freeze(default);
            }

            foreach (BudgetSlice other in _slices[line.Account])
            {
                if (other != mine && other.Unused != default)
                {
                    Return(other);
                }
            }
        }
    }

    private void Return(BudgetSlice slice)
    {
        slice.Return();
        _renewing.Add(slice);
    }

    private void Remove(BudgetSlice slice)
    {
        List<BudgetSlice> slices = _slices[slice.Slot.Account];
        slices.Remove(slice);
        if (slices.Count == 0)
        {
            _slices.Remove(slice.Slot.Account);
        }
    }

    private BudgetSlice[] SlicesOf(BudgetClaim claim)
    {
        var slices = new BudgetSlice[claim.Lines.Count];
        for (int index = 0; index < slices.Length; index++)
        {
            BudgetLine line = claim.Lines[index];
            slices[index] = SliceOf(line.Account, line.Slot.UtcTicks);
        }

        return slices;
    }

    private BudgetSlice SliceOf(string account, long start)
    {
        if (!_slices.TryGetValue(account, out List<BudgetSlice>? slices))
        {
            _slices[account] = slices = [];
        }

        foreach (BudgetSlice known in slices)
        {
            if (known.Slot.Start == start)
            {
                return known;
            }
        }

        var slice = new BudgetSlice(new BudgetSlot(account, start));
        slices.Add(slice);
        return slice;
    }
}
