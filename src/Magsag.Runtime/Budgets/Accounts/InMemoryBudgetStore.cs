namespace Magsag.Runtime;

/// <summary>Keeps budgets in this process's memory. What other processes spend, and what was spent before a restart, it knows only when it is recorded into it.</summary>
/// <remarks>Of limits per run the sums of the last 200,000 runs are kept; a run that comes back after that many others starts from 0.</remarks>
public sealed class InMemoryBudgetStore : BudgetStore
{
    private const int ClaimsBetweenSweeps = 8192;
    private const int MostRuns = 200_000;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _opened;
    private readonly Dictionary<string, BudgetAccount> _accounts = new(StringComparer.Ordinal);
    private readonly OpenClaims _claims = new();
    private readonly Dictionary<BudgetSlot, HashSet<Guid>> _records = [];
    private int _untilSweep = ClaimsBetweenSweeps;

    /// <summary>Makes an empty store.</summary>
    public InMemoryBudgetStore()
        : this(TimeProvider.System)
    {
    }

    internal InMemoryBudgetStore(TimeProvider time)
    {
        _time = time;
        _opened = time.GetTimestamp();
    }

    private long Observed => _time.GetElapsedTime(_opened).Ticks;

    /// <inheritdoc/>
    internal override ValueTask<BudgetDecision> TryReserveAsync(BudgetClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        lock (_gate)
        {
            return ValueTask.FromResult(_claims.Contains(claim.Id) ? BudgetDecision.Granted : Reserve(claim));
        }
    }

    /// <inheritdoc/>
    internal override ValueTask SettleAsync(Guid claim, BudgetAmount actual, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_claims.Remove(claim, out OpenClaim? open))
            {
                BudgetStateMachine.Settle(open, actual);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    internal override ValueTask ReleaseAsync(Guid claim, CancellationToken cancellationToken = default) => SettleAsync(claim, default, cancellationToken);

    /// <inheritdoc/>
    internal override ValueTask RecordAsync(BudgetClaim spent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spent);
        lock (_gate)
        {
            foreach (BudgetLine line in spent.Lines)
            {
                BudgetSlot slot = BudgetStateMachine.SlotFor(AccountOf(line), line, spent.Time, Observed);
                if (!_records.TryGetValue(slot, out HashSet<Guid>? records))
                {
                    _records[slot] = records = [];
                }

                if (records.Add(spent.Id))
                {
                    slot.Add(spent.Amount, default);
                }
            }

            SweepNowAndThen(spent.Time);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    internal override ValueTask<(BudgetAmount Spent, BudgetAmount Reserved)> ReadAsync(BudgetLine line, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        lock (_gate)
        {
            _claims.Expire(now);
            return ValueTask.FromResult(_accounts.TryGetValue(line.Account, out BudgetAccount? account) ? account.Sum(line) : default);
        }
    }

    private BudgetDecision Reserve(BudgetClaim claim)
    {
        var accounts = new BudgetAccount[claim.Lines.Count];
        for (int index = 0; index < accounts.Length; index++)
        {
            accounts[index] = AccountOf(claim.Lines[index]);
        }

        BudgetDecision decision = BudgetStateMachine.Reserve(claim, accounts, Observed, out OpenClaim? open);
        if (open is null)
        {
            // A refusal states spent and reserved apart.
            _claims.Expire(claim.Time);
            (BudgetAmount spent, BudgetAmount reserved) = _accounts[decision.Refusing!.Account].Sum(decision.Refusing);
            return new BudgetDecision(decision.Refusing, spent, reserved);
        }

        _claims.Add(open);
        SweepNowAndThen(claim.Time);
        return decision;
    }

    private BudgetAccount AccountOf(BudgetLine line)
    {
        if (!_accounts.TryGetValue(line.Account, out BudgetAccount? account))
        {
            _accounts[line.Account] = account = new BudgetAccount(line.Account);
        }

        return account;
    }

    private void SweepNowAndThen(DateTimeOffset now)
    {
        if (--_untilSweep > 0)
        {
            return;
        }

        _untilSweep = Math.Max(ClaimsBetweenSweeps, _accounts.Count);
        _claims.Expire(now);
        _claims.Forget(Observed);
        foreach ((string name, BudgetAccount account) in _accounts)
        {
            if (account.Forget(Observed))
            {
                _accounts.Remove(name);
            }
        }

        ForgetOldestRuns();
        foreach (BudgetSlot slot in _records.Keys)
        {
            if (!_accounts.TryGetValue(slot.Account, out BudgetAccount? account) || !account.Slots.Contains(slot))
            {
                _records.Remove(slot);
            }
        }
    }

    // Runs have no window that ends, and their number has no bound.
    private void ForgetOldestRuns()
    {
        if (_accounts.Count <= MostRuns)
        {
            return;
        }

        BudgetAccount[] idle = [.. _accounts.Values.Where(static account => account is { Slots: [{ Reserved: var reserved, Start: var start }] } && reserved == default && start == DateTimeOffset.UnixEpoch.UtcTicks)];
        foreach (BudgetAccount account in idle.OrderBy(static account => account.Slots[0].ForgetAt).Take(idle.Length - MostRuns))
        {
            _accounts.Remove(account.Name);
        }
    }
}
