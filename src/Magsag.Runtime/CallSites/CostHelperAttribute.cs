namespace Magsag.Runtime;

/// <summary>Marks a team's own wrapper of model calls: whoever calls it is the call site, and what a call costs is shown and judged there.</summary>
/// <remarks>An attribute of the team's own with the same name does the same, so that a library needs no reference to Magsag.</remarks>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class CostHelperAttribute : Attribute;
