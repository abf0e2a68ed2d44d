namespace Magsag.Runtime;

/// <summary>What was spent and is reserved in one stretch of time.</summary>
internal sealed class BudgetSlot(DateTimeOffset start)
{
    public DateTimeOffset Start { get; } = start;

    public DateTimeOffset KeepUntil { get; set; }

    public BudgetAmount Spent { get; set; }

    public BudgetAmount Reserved { get; set; }
}
