namespace Magsag.Storage.Queries;

/// <summary>How many runs have calls of a group.</summary>
/// <param name="Key">What the calls have in common, in the order that the query groups by; null where it is unknown.</param>
/// <param name="Runs">How many runs.</param>
internal sealed record RunCount(IReadOnlyList<string?> Key, long Runs);
