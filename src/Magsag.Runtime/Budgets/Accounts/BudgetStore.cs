namespace Magsag.Runtime;

/// <summary>Keeps what is spent and reserved. One claim is checked and entered on all its accounts, or on none, in one indivisible step.</summary>
/// <remarks>Settling and releasing are idempotent: whichever comes first holds, and a claim that expired meanwhile is corrected, never counted twice.</remarks>
public abstract class BudgetStore
{
    internal BudgetStore()
    {
    }

    /// <summary>Reserves a claim when every account has room for it. An account that doesn't exist yet is made in the same step.</summary>
    internal abstract ValueTask<BudgetDecision> TryReserveAsync(BudgetClaim claim, CancellationToken cancellationToken = default);

    /// <summary>Replaces a claim's worst case by what the call really took.</summary>
    internal abstract ValueTask SettleAsync(Guid claim, BudgetAmount actual, CancellationToken cancellationToken = default);

    /// <summary>Gives a claim back: the call wasn't made or wasn't billed.</summary>
    internal abstract ValueTask ReleaseAsync(Guid claim, CancellationToken cancellationToken = default);

    /// <summary>Enters what was spent already, without a check: a record of the ledger, or a correction, whose amount may be negative. An id that is known changes nothing.</summary>
    internal abstract ValueTask RecordAsync(BudgetClaim spent, CancellationToken cancellationToken = default);

    /// <summary>What is spent and reserved on an account, as of an instant.</summary>
    internal abstract ValueTask<(BudgetAmount Spent, BudgetAmount Reserved)> ReadAsync(BudgetLine line, DateTimeOffset now, CancellationToken cancellationToken = default);
}
