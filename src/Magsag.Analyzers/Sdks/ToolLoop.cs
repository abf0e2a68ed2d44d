namespace Magsag.Analyzers.Sdks;

/// <summary>A method that lets a model call tools round after round, as data.</summary>
/// <param name="Type">Full name of the type that declares the method.</param>
/// <param name="Method">The method.</param>
/// <param name="Parameter">The parameter that caps the rounds, or that configures what does.</param>
/// <param name="Member">The member that a configuring lambda sets; null when the parameter is the cap itself.</param>
/// <param name="MaxRequests">How many requests one question may make without a cap; null when there is no limit.</param>
internal sealed record ToolLoop(string Type, string Method, string Parameter, string? Member, int? MaxRequests);
