using Magsag.Pricing.Permissions;

namespace Magsag.Ledger.Limits;

/// <summary>One limit or alert of a policy.</summary>
/// <param name="rule">The policy's name and the key that states the limit: <c>agent_budget_limits.max_cost_per_run_usd</c>.</param>
/// <param name="subject">Whose spend is limited.</param>
/// <param name="name">The agent, model …; <c>*</c> stands for anything, <see cref="DefaultName"/> for each that nothing else names; null for everything.</param>
/// <param name="period">The period over which spend is added up.</param>
/// <param name="max">The most that may be spent, in the measure's unit, 0 or more; null lifts a limit that a wider name states.</param>
public sealed class PolicyLimit(string rule, LimitSubject subject, string? name, LimitPeriod period, decimal? max)
{
    /// <summary>The name that stands for each agent, model … that no other entry names.</summary>
    public const string DefaultName = NameRank.DefaultName;

    /// <summary>The policy's name and the key that states the limit.</summary>
    public string Rule { get; } = rule;

    /// <summary>Whose spend is limited.</summary>
    public LimitSubject Subject { get; } = subject;

    /// <summary>The agent, model …, a pattern, or <see cref="DefaultName"/>; null for everything.</summary>
    public string? Name { get; } = name;

    /// <summary>The period over which spend is added up.</summary>
    public LimitPeriod Period { get; } = period;

    /// <summary>The most that may be spent, in the unit of <see cref="Measure"/>; null lifts a limit that a wider name states.</summary>
    public decimal? Max { get; } = max;

    /// <summary>What is counted: US dollars, calls or tokens.</summary>
    public LimitMeasure Measure { get; init; }

    /// <summary>True when passing the limit only warns.</summary>
    public bool IsAlert { get; init; }

    /// <summary>The length of a rolling window; zero for other periods.</summary>
    public TimeSpan Window { get; init; }

    /// <summary>True when each customer has the limit of its own instead of all sharing it.</summary>
    public bool PerCustomer { get; init; }

    /// <summary>The line of the policy file that states the limit, counted from 1; 0 for a policy made in code.</summary>
    public int Line { get; init; }

    /// <summary>The column that states it, counted from 1; 0 for a policy made in code.</summary>
    public int Column { get; init; }

    /// <summary>What lifts this limit for a name.</summary>
    internal PolicyLimit Lifted(string rule, string name) => new(rule, Subject, name, Period, max: null)
    {
        Measure = Measure,
        IsAlert = IsAlert,
        Window = Window,
        PerCustomer = PerCustomer,
        Line = Line,
        Column = Column,
    };

    internal LimitKind Kind => new(Period, Window, Measure, IsAlert, PerCustomer);
}
