namespace Magsag.Runtime.Budgets.Attempts;

/// <summary>What a layer knows of a request that it is about to send for a guarded call.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="ContentType">The media type of its body; null for none.</param>
/// <param name="Carried">The attempt that a layer above began for it, or for an earlier one of the same call.</param>
internal readonly record struct OutgoingRequest(string Method, Uri? Address, string? ContentType, RequestAttempt? Carried);
