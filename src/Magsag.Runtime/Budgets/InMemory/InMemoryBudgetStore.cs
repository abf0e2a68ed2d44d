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
            BudgetAccount[] accounts = AccountsOf(claim);
            if (Refusal(claim, accounts) is { } refused)
            {
                return ValueTask.FromResult(refused);
            }

            var open = new OpenClaim(claim, SlotsOf(claim, accounts));
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
                foreach (BudgetSlot slot in SlotsOf(spent, AccountsOf(spent)))
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

    private static BudgetDecision? Refusal(BudgetClaim claim, BudgetAccount[] accounts)
    {
        for (int index = 0; index < accounts.Length; index++)
        {
            BudgetLine line = claim.Lines[index];
            (BudgetAmount spent, BudgetAmount reserved) = accounts[index].Sum(line);
            if (!line.Allows(spent + reserved + claim.Amount))
            {
                return new BudgetDecision(line, spent, reserved);
            }
        }

        return null;
    }

    private static BudgetSlot[] SlotsOf(BudgetClaim claim, BudgetAccount[] accounts)
    {
        var slots = new BudgetSlot[accounts.Length];
        for (int index = 0; index < slots.Length; index++)
        {
            slots[index] = accounts[index].SlotFor(claim.Lines[index]);
        }

        return slots;
    }

    private BudgetAccount[] AccountsOf(BudgetClaim claim)
    {
        var accounts = new BudgetAccount[claim.Lines.Count];
        for (int index = 0; index < accounts.Length; index++)
        {
            string name = claim.Lines[index].Account;
            if (!_accounts.TryGetValue(name, out BudgetAccount? account))
            {
                _accounts[name] = account = new BudgetAccount();
            }

            accounts[index] = account;
        }

        return accounts;
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
