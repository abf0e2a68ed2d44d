namespace Magsag.Analyzers.Sdks;

/// <summary>A parameter that names a model, as data.</summary>
/// <param name="Type">Full name of the type that declares the method or constructor, or that the method extends.</param>
/// <param name="Method">The method, or <see cref="Constructor"/>.</param>
/// <param name="Name">The parameter.</param>
/// <param name="DefaultIsPremium">True when the SDK's own default for the parameter is a choice that costs, so that leaving it out is judged too.</param>
internal sealed record ModelParameter(string Type, string Method, string Name, bool DefaultIsPremium = false)
{
    /// <summary>Stands for a method's name where a constructor takes the model.</summary>
    public const string Constructor = ".ctor";

    /// <summary>The same parameter of several methods of a type.</summary>
    public static IEnumerable<ModelParameter> ForEach(string type, string name, params string[] methods) => methods.Select(method => new ModelParameter(type, method, name));
}
