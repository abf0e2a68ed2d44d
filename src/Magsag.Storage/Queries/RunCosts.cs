namespace Magsag.Storage.Queries;

/// <summary>A run and the cost of those of its calls that pass a filter.</summary>
/// <param name="RunId">The run.</param>
/// <param name="LastCall">When the last of these calls was made.</param>
/// <param name="Groups">The calls added up by agent, customer and model.</param>
internal sealed record RunCosts(string RunId, DateTimeOffset LastCall, IReadOnlyList<CostGroup> Groups);
