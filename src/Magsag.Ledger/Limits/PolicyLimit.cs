using Magsag.Pricing.Permissions;

namespace Magsag.Ledger.Limits;

/// <summary>One limit or alert of a policy.</summary>
/// <param name="Rule">The policy's name and the key that states the limit: <c>agent_budget_limits.max_cost_per_run_usd</c>.</param>
/// <param name="Subject">Whose spend it is about.</param>
/// <param name="Name">The agent, model …; <c>*</c> stands for anything, <see cref="DefaultName"/> for each that nothing else names; null for everything.</param>
/// <param name="Period">Over what spend is added up.</param>
/// <param name="Max">The most that may be spent, in the measure's unit, 0 or more; null lifts a limit that a wider name states.</param>
/// <param name="IsAlert">True when passing it only warns.</param>
/// <param name="Line">The line of the policy file that states it; 0 for a policy made in code.</param>
public sealed record PolicyLimit(string Rule, LimitSubject Subject, string? Name, LimitPeriod Period, decimal? Max, bool IsAlert = false, int Line = 0)
{
    /// <summary>The name that stands for each agent, model … that no other entry names.</summary>
    public const string DefaultName = NameRank.DefaultName;

    /// <summary>What is counted.</summary>
    public LimitMeasure Measure { get; init; }

    /// <summary>The length of a rolling window; zero for other periods.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>True when each customer has the limit of its own instead of all sharing it.</summary>
    public bool PerCustomer { get; init; }

    /// <summary>The column that states it, counted from 1; 0 for a policy made in code.</summary>
    public int Column { get; init; }

    internal LimitSlot Slot => new(Period, Window, Measure, IsAlert, PerCustomer);
}
