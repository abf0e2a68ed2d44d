namespace Magsag.Analyzers;

/// <summary>A parameter that names a model, as data.</summary>
/// <param name="Type">Full name of the type that declares the method or constructor.</param>
/// <param name="Method">The method, or <see cref="Constructor"/>.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="JudgesDefault">True when the SDK's own default for the parameter is a choice that costs.</param>
internal sealed record ModelSite(string Type, string Method, string Parameter, bool JudgesDefault = false)
{
    /// <summary>Stands for a method's name where a constructor takes the model.</summary>
    public const string Constructor = ".ctor";

    /// <summary>The same parameter of several methods of a type.</summary>
    public static IEnumerable<ModelSite> Of(string type, string parameter, params string[] methods) => methods.Select(method => new ModelSite(type, method, parameter));
}
