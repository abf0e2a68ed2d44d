using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Models;

/// <summary>A model that the code names by a constant.</summary>
/// <param name="Id">The name.</param>
/// <param name="Site">The expression that names it.</param>
/// <param name="Literal">The literal that a fix can change; null when it isn't in the same file.</param>
/// <param name="IsChosen">True when the code chooses it for some cases among others: it is no default.</param>
internal sealed record NamedModel(string Id, Location Site, Location? Literal, bool IsChosen = false)
{
    /// <summary>Where a fix changes the name.</summary>
    public IEnumerable<Location> FixLocations => Literal is null ? [] : [Literal];
}
