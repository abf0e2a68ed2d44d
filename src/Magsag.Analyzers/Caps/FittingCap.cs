namespace Magsag.Analyzers.Caps;

/// <summary>The cap that a fix inserts.</summary>
/// <param name="Tokens">The cap, in tokens.</param>
/// <param name="Reason">Why it isn't the usual one; null when it is.</param>
internal sealed record FittingCap(long Tokens, string? Reason);
