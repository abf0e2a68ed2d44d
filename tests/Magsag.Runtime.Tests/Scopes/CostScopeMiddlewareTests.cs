using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Tests;

public sealed class CostScopeMiddlewareTests
{
    [Fact]
    public async Task A_service_goes_on_in_the_scope_of_the_one_that_asked() =>
        Assert.Equal("triage acme r1", await AskAsync(trusted: true));

    [Fact]
    public async Task What_a_stranger_sends_is_ignored() => Assert.Equal("nobody", await AskAsync(trusted: false));

    private static async Task<string> AskAsync(bool trusted)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using WebApplication service = builder.Build();
        service.Urls.Add("http://127.0.0.1:0");
        service.UseCostScope(_ => trusted);
        service.MapGet("/", static () => CostScope.Current is { } scope ? $"{scope.Agent} {scope.Customer} {scope.RunId}" : "nobody");
        await service.StartAsync();

        using var client = new HttpClient(new CostScopeHandler(new SocketsHttpHandler()));
        using CostScope asking = CostScope.Begin(agent: "triage", customer: "acme", run: "r1");
        return await client.GetStringAsync(service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }
}
