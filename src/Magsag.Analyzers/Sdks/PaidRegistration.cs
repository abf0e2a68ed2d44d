namespace Magsag.Analyzers.Sdks;

/// <summary>A method that registers a paid service, as data.</summary>
/// <param name="Method">The method.</param>
/// <param name="ServerParameters">Parameters that may lead to a server of the caller's own, be it one on the machine itself.</param>
internal sealed record PaidRegistration(string Method, params string[] ServerParameters);
