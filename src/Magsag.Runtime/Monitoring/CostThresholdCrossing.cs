namespace Magsag.Runtime;

/// <summary>A threshold that a call has just crossed.</summary>
public sealed class CostThresholdCrossing
{
    internal CostThresholdCrossing()
    {
    }

    /// <summary>The threshold.</summary>
    public required CostThreshold Threshold { get; init; }

    /// <summary>The run, agent or customer; null for the total.</summary>
    public string? Name { get; init; }

    /// <summary>What was spent with that call, in US dollars, exact.</summary>
    public decimal SpentUsd { get; init; }
}
