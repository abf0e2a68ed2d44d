namespace Magsag.Runtime.Budgets.Accounts;

/// <summary>What was spent and is reserved on one account in one stretch of time.</summary>
/// <param name="account">The account.</param>
/// <param name="start">The start of the stretch, in ticks of UTC.</param>
internal sealed class BudgetSlot(string account, long start)
{
    public string Account { get; } = account;

    public long Start { get; } = start;

    /// <summary>When no window can reach the slot any more, in ticks of <see cref="ObservedTime"/>.</summary>
    public long ForgetAt { get; private set; }

    public BudgetAmount Spent { get; private set; }

    public BudgetAmount Reserved { get; private set; }

    /// <summary>Whether the slot differs from what was loaded, so that a backend has to save it.</summary>
    public bool IsChanged { get; private set; }

    /// <summary>Takes over what a backend has of the slot.</summary>
    public void Load(long forgetAt, BudgetAmount spent, BudgetAmount reserved)
    {
        ForgetAt = forgetAt;
        Spent = spent;
        Reserved = reserved;
    }

    public void Add(BudgetAmount spent, BudgetAmount reserved)
    {
        Spent += spent;
        Reserved += reserved;
        IsChanged = true;
    }

    /// <summary>Keeps the slot for as long as a window that a line describes can reach it.</summary>
    public void KeepFor(BudgetLine line, DateTimeOffset now, long observed) => KeepUntil(observed + Math.Max(0, line.KeepUntil.UtcTicks - now.UtcTicks));

    public void KeepUntil(long forgetAt)
    {
        if (forgetAt > ForgetAt)
        {
            ForgetAt = forgetAt;
            IsChanged = true;
        }
    }

    public bool CanBeForgotten(long observed) => ForgetAt < observed && Reserved == default;
}
