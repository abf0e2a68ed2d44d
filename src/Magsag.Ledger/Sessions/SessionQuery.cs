namespace Magsag.Ledger.Sessions;

/// <summary>Which recorded sessions are wanted.</summary>
/// <param name="Assembly">The test assembly's name.</param>
/// <param name="Framework">The target framework that it was built for; null for any.</param>
/// <param name="Modules">The module version ids that the assemblies under test must have had.</param>
/// <param name="NotBefore">All sessions from this time on; null for the latest one.</param>
internal sealed record SessionQuery(string Assembly, string? Framework, IReadOnlyDictionary<string, Guid> Modules, DateTimeOffset? NotBefore = null);
