namespace Magsag.Analyzers;

/// <summary>A method that lets a model call tools round after round, as data.</summary>
/// <param name="Type">Full name of the type that declares the method.</param>
/// <param name="Method">The method.</param>
/// <param name="Parameter">The parameter that caps the rounds, or that configures what does.</param>
/// <param name="Member">The member that a configuring lambda sets; null when the parameter is the cap itself.</param>
/// <param name="MostRequests">How many requests one question may make without a cap; null for as many as the model likes.</param>
internal sealed record ToolLoop(string Type, string Method, string Parameter, string? Member, int? MostRequests);
