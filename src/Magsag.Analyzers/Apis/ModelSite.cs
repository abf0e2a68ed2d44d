namespace Magsag.Analyzers;

/// <summary>A parameter that names a model, as data.</summary>
/// <param name="Type">Full name of the type that declares the method or constructor.</param>
/// <param name="Method">The method, or <c>.ctor</c>.</param>
/// <param name="Parameter">The parameter.</param>
internal sealed record ModelSite(string Type, string Method, string Parameter);
