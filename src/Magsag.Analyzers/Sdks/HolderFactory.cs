namespace Magsag.Analyzers.Sdks;

/// <summary>A method that creates an agent, a model object or a function, options and all, as data.</summary>
/// <param name="Method">The method.</param>
/// <param name="Sources">Full names of the types that it is called on for that; any type when there are none.</param>
internal sealed record HolderFactory(string Method, params string[] Sources)
{
    /// <summary>The parameter that only overloads which create something new have: others fetch what was created elsewhere.</summary>
    public string? RequiredParameter { get; init; }

    /// <summary>The parameter that may wrap the client in a pipeline of its own.</summary>
    public const string ClientFactory = "clientFactory";

    /// <summary>True when what it creates takes its options from files or texts that aren't read.</summary>
    public bool IsOpaque { get; init; }
}
