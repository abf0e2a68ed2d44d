using System.ClientModel;
using SupportDesk.Provider;

[assembly: AssemblyFixture(typeof(SupportDesk.Tests.ProviderFixture))]

namespace SupportDesk.Tests;

/// <summary>One provider and one pair of clients for all tests. Neither keeps anything from one call to the next.</summary>
public sealed class ProviderFixture : IAsyncLifetime
{
    private LoopbackProvider? _provider;
    private ModelClients? _clients;

    public Uri Endpoint => Started(_provider).Endpoint;

    public ModelClients Clients => Started(_clients);

    public async ValueTask InitializeAsync()
    {
        _provider = await LoopbackProvider.StartAsync(TestContext.Current.CancellationToken);
        _clients = ModelClients.Connect(_provider.Endpoint, new ApiKeyCredential("key"), SupportDeskModels.FromEnvironment());
    }

    public async ValueTask DisposeAsync()
    {
        _clients?.Dispose();
        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }
    }

    private static T Started<T>(T? value)
        where T : class =>
        value ?? throw new InvalidOperationException("The provider hasn't been started.");
}
