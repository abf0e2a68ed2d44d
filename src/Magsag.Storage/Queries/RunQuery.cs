namespace Magsag.Storage.Queries;

/// <summary>Asks for the number of runs.</summary>
internal sealed record RunQuery
{
    /// <summary>The first day, in UTC.</summary>
    public DateOnly? From { get; init; }

    /// <summary>The last day, in UTC; it counts as a whole.</summary>
    public DateOnly? To { get; init; }

    /// <summary>What the runs are grouped by: the day, the agent and the customer of their first calls, or some of these; one group of all runs when empty.</summary>
    public IReadOnlyList<CostDimension> GroupBy { get; init; } = [CostDimension.Day, CostDimension.Agent, CostDimension.Customer];

    /// <summary>The agent of the runs' first calls.</summary>
    public string? Agent { get; init; }

    /// <summary>The customer of the runs' first calls.</summary>
    public string? Customer { get; init; }
}
