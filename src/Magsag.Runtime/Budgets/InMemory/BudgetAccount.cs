namespace Magsag.Runtime;

/// <summary>One account: its slots, which are few.</summary>
internal sealed class BudgetAccount
{
    private readonly List<BudgetSlot> _slots = [];

    public (BudgetAmount Spent, BudgetAmount Reserved) Sum(BudgetLine line)
    {
        BudgetAmount spent = default;
        BudgetAmount reserved = default;
        foreach (BudgetSlot slot in _slots)
        {
            if (slot.Start >= line.From && slot.Start < line.To)
            {
                spent += slot.Spent;
                reserved += slot.Reserved;
            }
        }

        return (spent, reserved);
    }

    public BudgetSlot SlotFor(BudgetLine line)
    {
        BudgetSlot? slot = _slots.Find(known => known.Start == line.Slot);
        if (slot is null)
        {
            _slots.Add(slot = new BudgetSlot(line.Slot));
        }

        slot.KeepUntil = line.KeepUntil > slot.KeepUntil ? line.KeepUntil : slot.KeepUntil;
        return slot;
    }

    /// <summary>Drops what no window reaches any more; true when nothing is left.</summary>
    public bool Forget(DateTimeOffset now)
    {
        _slots.RemoveAll(slot => slot.KeepUntil < now && slot.Reserved == default);
        return _slots.Count == 0;
    }
}
