using Microsoft.CodeAnalysis;

namespace Magsag.Analyzers.Receivers;

/// <summary>An argument or a member that an agent, a model object or a function was created with.</summary>
/// <param name="Type">The type of the parameter or member.</param>
/// <param name="Value">What it was given.</param>
internal readonly record struct HolderValue(ITypeSymbol? Type, IOperation Value);
