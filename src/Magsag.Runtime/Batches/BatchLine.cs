namespace Magsag.Runtime.Batches;

/// <summary>One answered request of a batch.</summary>
/// <param name="CustomId">The id that the caller gave the request.</param>
/// <param name="Usage">What its response says about billing.</param>
internal sealed record BatchLine(string CustomId, WireUsage Usage);
