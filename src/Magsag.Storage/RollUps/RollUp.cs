namespace Magsag.Storage;

/// <summary>A roll-up that questions can be answered from.</summary>
/// <param name="Suffix">What follows <c>daily</c> and <c>monthly</c> in the names of its tables.</param>
/// <param name="HasMonths">True when it has months besides days.</param>
/// <param name="Columns">The dimensions that it has, with their columns.</param>
internal sealed record RollUp(string Suffix, bool HasMonths, IReadOnlyDictionary<CostDimension, string> Columns);
