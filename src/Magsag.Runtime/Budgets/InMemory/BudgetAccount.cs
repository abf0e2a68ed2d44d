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
        BudgetSlot slot = Find(line.Slot) ?? Add(line.Slot);
        slot.KeepUntil = line.KeepUntil > slot.KeepUntil ? line.KeepUntil : slot.KeepUntil;
        return slot;
    }

    /// <summary>Drops what no window reaches any more; true when nothing is left.</summary>
    public bool Forget(DateTimeOffset now)
    {
        _slots.RemoveAll(slot => slot.KeepUntil < now && slot.Reserved == default);
        return _slots.Count == 0;
    }

    // The newest slots stand last and are those that are asked for.
    private BudgetSlot? Find(DateTimeOffset start)
    {
        for (int index = _slots.Count - 1; index >= 0; index--)
        {
            if (_slots[index].Start == start)
            {
                return _slots[index];
            }
        }

        return null;
    }

    private BudgetSlot Add(DateTimeOffset start)
    {
        var slot = new BudgetSlot(start);
        _slots.Add(slot);
        return slot;
    }
}
