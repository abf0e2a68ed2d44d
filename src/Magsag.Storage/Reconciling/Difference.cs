namespace Magsag.Storage.Reconciling;

/// <summary>What most likely makes the figures of a day and model differ.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Evidence">What speaks for it, with figures.</param>
internal sealed record Difference(DifferenceCause Cause, string Evidence);
