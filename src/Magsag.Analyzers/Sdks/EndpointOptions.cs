namespace Magsag.Analyzers.Sdks;

/// <summary>Options of a client that name the server to talk to, as data.</summary>
/// <param name="Type">Full name of the options type.</param>
/// <param name="Member">The member with the server's address; null when that is given elsewhere.</param>
/// <param name="TransportMember">The member with what sends the requests.</param>
internal sealed record EndpointOptions(string Type, string? Member, string TransportMember);
