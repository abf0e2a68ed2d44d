namespace Magsag.Runtime.Budgets.Accounts;

/// <summary>One account: its slots, the oldest first. A backend that loads accounts for one step loads those slots that the step can reach.</summary>
internal sealed class BudgetAccount(string name)
{
    private readonly List<BudgetSlot> _slots = [];

    public string Name { get; } = name;

    public IReadOnlyList<BudgetSlot> Slots => _slots;

    public (BudgetAmount Spent, BudgetAmount Reserved) Sum(BudgetLine line)
    {
        long from = line.From.UtcTicks;
        long to = line.To.UtcTicks;
        BudgetAmount spent = default;
        BudgetAmount reserved = default;

        // Windows reach the newest slots: those that are kept for others' clocks aren't looked at.
        for (int index = _slots.Count - 1; index >= 0 && _slots[index].Start >= from; index--)
        {
            if (_slots[index].Start < to)
            {
                spent += _slots[index].Spent;
                reserved += _slots[index].Reserved;
            }
        }

        return (spent, reserved);
    }

    /// <summary>The slot that starts at an instant; it is made when there is none.</summary>
    public BudgetSlot SlotAt(long start)
    {
        int index = _slots.Count;
        while (index > 0 && _slots[index - 1].Start >= start)
        {
            index--;
            if (_slots[index].Start == start)
            {
                return _slots[index];
            }
        }

        var slot = new BudgetSlot(Name, start);
        _slots.Insert(index, slot);
        return slot;
    }

    /// <summary>Drops what no window reaches any more; true when nothing is left.</summary>
    public bool Forget(long observed)
    {
        _slots.RemoveAll(slot => slot.CanBeForgotten(observed));
        return _slots.Count == 0;
    }
}
