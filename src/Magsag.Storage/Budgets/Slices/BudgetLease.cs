using Magsag.Runtime;

namespace Magsag.Storage;

/// <summary>A slice as the database has it: a claim that is spent in parts, and how much of it its process may leave unused.</summary>
internal sealed class BudgetLease(OpenClaim claim)
{
    public OpenClaim Claim { get; } = claim;

    public BudgetAmount Allowed { get; set; }

    /// <summary>Whether it differs from what was loaded.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Whether nothing of it is left, so that it needs no row.</summary>
    public bool IsEnded { get; set; }
}
