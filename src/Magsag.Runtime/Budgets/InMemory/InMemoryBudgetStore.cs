namespace Magsag.Runtime;

/// <summary>Keeps budgets in this process's memory. What other processes spend, and what was spent before a restart, it knows only when it is recorded into it.</summary>
public sealed class InMemoryBudgetStore : IBudgetStore
{
    private const int ClaimsBetweenSweeps = 8192;

    // How long a claim that expired can still be corrected by a late answer.
    private static readonly TimeSpan LateAnswers = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, BudgetAccount> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, OpenClaim> _claims = [];
    private readonly Queue<OpenClaim> _byExpiry = new();
    private readonly HashSet<Guid> _recorded = [];
    private int _untilSweep = ClaimsBetweenSweeps;

    /// <inheritdoc/>
    public ValueTask<BudgetDecision> TryReserveAsync(BudgetClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        lock (_gate)
        {
            Expire(claim.Time);
            if (Refusal(claim) is { } refused)
            {
                return ValueTask.FromResult(refused);
            }

            var open = new OpenClaim(claim, SlotsOf(claim));
            open.Reserve();
            _claims.Add(claim.Id, open);
            _byExpiry.Enqueue(open);
            SweepNowAndThen(claim.Time);
            return ValueTask.FromResult(BudgetDecision.Granted);
        }
    }

    /// <inheritdoc/>
    public ValueTask SettleAsync(Guid claim, BudgetAmount actual, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_claims.Remove(claim, out OpenClaim? open))
            {
                open.Settle(actual);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(Guid claim, CancellationToken cancellationToken = default) => SettleAsync(claim, default, cancellationToken);

    /// <inheritdoc/>
    public ValueTask RecordAsync(BudgetClaim spent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spent);
        lock (_gate)
        {
            if (_recorded.Add(spent.Id))
            {
                foreach (BudgetSlot slot in SlotsOf(spent))
                {
                    slot.Spent += spent.Amount;
                }
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<(BudgetAmount Spent, BudgetAmount Reserved)> ReadAsync(BudgetLine line, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        lock (_gate)
        {
            Expire(now);
            return ValueTask.FromResult(_accounts.TryGetValue(line.Account, out BudgetAccount? account) ? account.Sum(line) : default);
        }
    }

    private BudgetDecision? Refusal(BudgetClaim claim)
    {
        foreach (BudgetLine line in claim.Lines)
        {
            (BudgetAmount Spent, BudgetAmount Reserved) sum = _accounts.TryGetValue(line.Account, out BudgetAccount? account) ? account.Sum(line) : default;
            if (!line.Allows(sum.Spent + sum.Reserved + claim.Amount))
            {
                return new BudgetDecision(line, sum.Spent, sum.Reserved);
            }
        }

        return null;
    }

    private BudgetSlot[] SlotsOf(BudgetClaim claim)
    {
        var slots = new BudgetSlot[claim.Lines.Count];
        for (int index = 0; index < slots.Length; index++)
        {
            BudgetLine line = claim.Lines[index];
            if (!_accounts.TryGetValue(line.Account, out BudgetAccount? account))
            {
                _accounts[line.Account] = account = new BudgetAccount();
            }

            slots[index] = account.SlotFor(line);
        }

        return slots;
    }

    private void Expire(DateTimeOffset now)
    {
        while (_byExpiry.TryPeek(out OpenClaim? oldest) && (oldest.IsClosed || oldest.Expires <= now))
        {
            _byExpiry.Dequeue();
            if (oldest.IsClosed)
            {
                continue;
            }

            if (oldest.Charge(now + LateAnswers))
            {
                _byExpiry.Enqueue(oldest);
            }
            else
            {
                _claims.Remove(oldest.Id);
            }
        }
    }

    private void SweepNowAndThen(DateTimeOffset now)
    {
        if (--_untilSweep > 0)
        {
            return;
        }

        _untilSweep = Math.Max(ClaimsBetweenSweeps, _accounts.Count);
        foreach ((string name, BudgetAccount account) in _accounts)
        {
            if (account.Forget(now))
            {
                _accounts.Remove(name);
            }
        }
    }
}
