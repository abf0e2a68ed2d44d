namespace Magsag.Runtime;

/// <summary>A threshold that a call has just crossed.</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="Name">The run, agent or customer; null for the total.</param>
/// <param name="SpentUsd">What was spent with that call, in US dollars, exact.</param>
public sealed record CostThresholdCrossing(CostThreshold Threshold, string? Name, decimal SpentUsd);
