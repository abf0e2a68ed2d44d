using Magsag.Ledger.Limits;

namespace Magsag.Runtime;

/// <summary>A call was refused, before a byte of it was sent, because a limit of the policy has no room for its worst case; or a stream was stopped because it used up what was reserved for it.</summary>
public sealed class BudgetExceededException : Exception
{
    internal BudgetExceededException(string message)
        : base(message)
    {
    }

    /// <summary>The rule of the policy: <c>agent_budget_limits.max_cost_per_run_usd</c>; null when the call itself can't be bounded.</summary>
    public string? Rule { get; init; }

    /// <summary>What the limit counts.</summary>
    public LimitMeasure Measure { get; init; }

    /// <summary>The limit, in the measure's unit.</summary>
    public decimal? Limit { get; init; }

    /// <summary>What is spent in the limit's period.</summary>
    public decimal Spent { get; init; }

    /// <summary>What other calls have reserved.</summary>
    public decimal Reserved { get; init; }

    /// <summary>The worst case of the refused call.</summary>
    public decimal Asked { get; init; }

    /// <summary>When the limit's period ends (for a rolling window: when it may have room again); null for a limit per run, which doesn't reset.</summary>
    public DateTimeOffset? ResetsAt { get; init; }
}
