using Magsag.Runtime;

namespace Magsag.Storage.Budgets.Slices;

/// <summary>A slice as the database has it: a claim that is spent in parts, and how much of it its process may leave unused.</summary>
internal sealed class BudgetLease(OpenClaim claim)
{
    public OpenClaim Claim { get; } = claim;

    public BudgetAmount Allowed { get; set; }

    /// <summary>Until when its process may spend it without asking, by the server's clock in ticks; whatever the processes' clocks say.</summary>
    public long ValidUntil { get; set; }

    /// <summary>The first slot of the window that it was leased in, in ticks of UTC.</summary>
    public long Since { get; set; }

    /// <summary>Whether it differs from what was loaded.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Whether nothing of it is left, so that it needs no row.</summary>
    public bool IsEnded { get; set; }
}
