namespace Magsag.Runtime;

/// <summary>A cost whose crossing is reported.</summary>
/// <param name="Subject">What is added up: everything, or each run, agent or customer.</param>
/// <param name="Usd">The cost in US dollars from which it is crossed, above 0.</param>
/// <param name="Name">The one run, agent or customer that it holds for; each of them when null.</param>
public sealed record CostThreshold(CostThresholdSubject Subject, decimal Usd, string? Name = null);
