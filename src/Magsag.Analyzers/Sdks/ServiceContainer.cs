namespace Magsag.Analyzers.Sdks;

/// <summary>An SDK's own container of services, as data: it is built by a builder to which services are added by methods named <c>Add…</c>.</summary>
/// <param name="Type">Full name of the container.</param>
/// <param name="BuilderFactory">The method that begins a builder.</param>
/// <param name="Build">The builder's method that makes the container.</param>
internal sealed record ServiceContainer(string Type, string BuilderFactory, string Build)
{
    /// <summary>The container's methods that hand out a service.</summary>
    public string[] Resolvers { get; init; } = [];

    /// <summary>Registrations that have nothing to do with calls to a model.</summary>
    public string[] OtherRegistrations { get; init; } = [];

    /// <summary>The builder's member whose calls register no service.</summary>
    public string? PluginsMember { get; init; }
}
