namespace Magsag.Runtime.Budgets;

/// <summary>What is reserved for one call. Settle it with what the call took, or release it; disposing releases what is neither.</summary>
internal sealed class BudgetReservation : IAsyncDisposable
{
    private readonly BudgetStore _store;
    private int _ended;

    internal BudgetReservation(BudgetStore store, BudgetClaim claim)
    {
        _store = store;
        Claim = claim;
    }

    /// <summary>The worst case that is reserved.</summary>
    public BudgetAmount Amount => Claim.Amount;

    internal BudgetClaim Claim { get; }

    /// <summary>Replaces the worst case by what the call took. Only the first of several settlements and releases counts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public ValueTask SettleAsync(BudgetAmount actual, CancellationToken cancellationToken = default)
    {
        actual.ThrowIfNegative(nameof(actual));
        return Interlocked.Exchange(ref _ended, 1) == 0 ? _store.SettleAsync(Claim.Id, actual, cancellationToken) : ValueTask.CompletedTask;
    }

    /// <summary>Gives everything back: the call wasn't made or wasn't billed.</summary>
    public ValueTask ReleaseAsync(CancellationToken cancellationToken = default) =>
        Interlocked.Exchange(ref _ended, 1) == 0 ? _store.ReleaseAsync(Claim.Id, cancellationToken) : ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ReleaseAsync();
}
