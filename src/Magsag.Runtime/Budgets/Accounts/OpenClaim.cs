namespace Magsag.Runtime.Budgets.Accounts;

/// <summary>A claim that isn't ended yet: what of it is still reserved, and what was spent of it already.</summary>
internal sealed class OpenClaim
{
    public required Guid Id { get; init; }

    public required IReadOnlyList<BudgetSlot> Slots { get; init; }

    /// <summary>What may still be spent of it.</summary>
    public required BudgetAmount Amount { get; set; }

    /// <summary>What was spent of it and entered; nothing for a claim of one call.</summary>
    public BudgetAmount Settled { get; set; }

    /// <summary>When it stops being reserved, in ticks of UTC by its maker's clock.</summary>
    public required long Expires { get; set; }

    /// <summary>When a late answer can't correct it any more, in ticks of <see cref="ObservedTime"/>.</summary>
    public long ForgetAt { get; set; }

    /// <summary>Whether it expired, so that its amount counts as spent.</summary>
    public bool IsCharged { get; set; }
}
