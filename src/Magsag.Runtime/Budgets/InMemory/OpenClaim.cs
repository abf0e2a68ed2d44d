namespace Magsag.Runtime;

/// <summary>A claim that isn't settled yet.</summary>
internal sealed class OpenClaim(BudgetClaim claim, BudgetSlot[] slots)
{
    private bool _isCharged;

    public Guid Id => claim.Id;

    public DateTimeOffset Expires { get; private set; } = claim.Expires;

    public bool IsClosed { get; private set; }

    public void Reserve()
    {
        foreach (BudgetSlot slot in slots)
        {
            slot.Reserved += claim.Amount;
        }
    }

    public void Settle(BudgetAmount actual)
    {
        IsClosed = true;
        foreach (BudgetSlot slot in slots)
        {
            if (_isCharged)
            {
                slot.Spent += actual - claim.Amount;
                continue;
            }

            slot.Reserved -= claim.Amount;
            slot.Spent += actual;
        }
    }

    /// <summary>Counts the worst case as spent; false when that happened before, and the claim can be forgotten.</summary>
    public bool Charge(DateTimeOffset forgetAt)
    {
        if (_isCharged)
        {
            return false;
        }

        Settle(claim.Amount);
        IsClosed = false;
        _isCharged = true;
        Expires = forgetAt;
        return true;
    }
}
