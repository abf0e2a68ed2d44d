namespace Magsag.Runtime;

/// <summary>What the client of a pipeline says about itself.</summary>
/// <param name="Provider">The provider, in OpenTelemetry's spelling.</param>
/// <param name="DefaultModel">The model of requests that name none.</param>
internal readonly record struct ClientIdentity(string? Provider, string? DefaultModel)
{
    public static ClientIdentity Of(string? name, Uri? address, string? defaultModel) => new(ProviderName.Of(name, address), defaultModel);
}
