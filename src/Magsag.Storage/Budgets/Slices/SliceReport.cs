using Magsag.Runtime;

namespace Magsag.Storage.Budgets.Slices;

/// <summary>What a process tells the database of one slice, as it was when the round began; the slice goes on being spent meanwhile.</summary>
internal sealed class SliceReport
{
    private readonly BudgetAmount _spent;
    private readonly BudgetAmount _used;

    public SliceReport(BudgetSlice slice)
    {
        Slice = slice;
        Line = slice.Line;
        Typical = slice.Typical;
        Allowed = slice.Allowed;
        Version = slice.Version;
        IsReturned = slice.IsReturned;
        Returns = slice.Returns;
        Calls = slice.Calls;
        Expires = slice.Expires;
        Leased = slice.Leased;
        Closed = slice.Closed;
        _spent = slice.Slot.Spent;
        _used = slice.Used;
    }

    public BudgetSlice Slice { get; }

    /// <summary>The limit that it was leased under, or that a claim waits under; null for none yet.</summary>
    public BudgetLine? Line { get; private set; }

    /// <summary>Whether a slice is to be leased beyond what is used.</summary>
    public bool WantsMore { get; set; }

    /// <summary>Whether a claim waits for it.</summary>
    public bool IsDemanded { get; private set; }

    public BudgetAmount Typical { get; private set; }

    public BudgetAmount Allowed { get; }

    public int Version { get; }

    public bool IsReturned { get; }

    public int Returns { get; }

    public int Calls { get; }

    public long Expires { get; private set; }

    public BudgetAmount Leased { get; }

    public BudgetAmount Closed { get; private set; }

    /// <summary>The lease as the database has it.</summary>
    public BudgetLease? Lease { get; set; }

    /// <summary>What the database had leased, spent or not.</summary>
    public BudgetAmount LeasedBefore { get; set; }

    public bool IsForgotten { get; private set; }

    /// <summary>A claim needs room under a limit. When claims of one round have different limits, nothing is leased beyond them.</summary>
    public void Demand(BudgetClaim claim, BudgetLine line)
    {
        WantsMore = !IsDemanded || (WantsMore && Line is { } other && line with { KeepUntil = other.KeepUntil } == other);
        Line = line;
        IsDemanded = true;
        Typical = Typical == default ? claim.Amount : Typical;
        Expires = Math.Max(Expires, claim.Expires.UtcTicks);
    }

    /// <summary>What is spent of the lease.</summary>
    public BudgetAmount Spent => BudgetAmount.Max(default, _spent - Closed);

    /// <summary>What is reserved of it.</summary>
    public BudgetAmount Reserved => BudgetAmount.Max(default, _used - Closed) - Spent;

    /// <summary>What may go on being spent of it while the database is asked.</summary>
    public BudgetAmount Kept => BudgetAmount.Max(default, BudgetAmount.Max(default, Leased - Closed) - Spent);

    /// <summary>The database forgot the lease after it had counted all of it as spent: so much may be spent, and no more is reported of it.</summary>
    public void Forget()
    {
        Closed = BudgetAmount.Max(Closed, Leased);
        IsForgotten = true;
    }
}
