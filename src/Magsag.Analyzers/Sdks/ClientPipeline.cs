namespace Magsag.Analyzers.Sdks;

/// <summary>How clients are wrapped in a pipeline of steps, as data.</summary>
internal sealed record ClientPipeline
{
    /// <summary>Full names of the client types that a pipeline wraps and is.</summary>
    public required string[] Clients { get; init; }

    /// <summary>Full name of the builder.</summary>
    public required string Builder { get; init; }

    /// <summary>The method that begins a builder around a client.</summary>
    public required string ToBuilder { get; init; }

    /// <summary>The builder's method that makes the client.</summary>
    public required string Build { get; init; }

    /// <summary>The step that sets options for every call.</summary>
    public required string OptionsStep { get; init; }

    /// <summary>The options' member that such a step caps the output with.</summary>
    public required string CapMember { get; init; }

    /// <summary>The options' members through which such a step may cap the output.</summary>
    public required string[] CappingMembers { get; init; }

    /// <summary>The step that shortens histories.</summary>
    public required string ReducerStep { get; init; }

    /// <summary>What <see cref="ReducerStep"/> is given by a fix.</summary>
    public required string NewReducer { get; init; }

    /// <summary>The warning that <see cref="NewReducer"/> gives where experimental types aren't accepted.</summary>
    public required string ReducerWarning { get; init; }

    /// <summary>The step that caches answers in a cache that it is given.</summary>
    public required string CacheStep { get; init; }

    /// <summary>True for a step that caches, by the naming convention that other libraries follow too.</summary>
    public static bool IsCacheStep(string step) => step.StartsWith("Use", StringComparison.Ordinal) && NamesCache(step);

    /// <summary>True for a client that caches, by the same convention.</summary>
    public static bool IsCachingClient(string type) => type.Contains("Caching");

    /// <summary>True for a name that says that something caches.</summary>
    public static bool NamesCache(string name) => name.IndexOf("cach", StringComparison.OrdinalIgnoreCase) >= 0;
}
