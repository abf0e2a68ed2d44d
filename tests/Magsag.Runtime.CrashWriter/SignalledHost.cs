using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.CrashWriter;

/// <summary>A generic host that records while it stops.</summary>
internal sealed class SignalledHost(Action record) : IHostedService
{
    public static async Task RunAsync(Action record)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHostedService(_ => new SignalledHost(record));
        using IHost host = builder.Build();
        await host.StartAsync();
        Console.WriteLine("ready");
        await host.WaitForShutdownAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(200, cancellationToken);
        record();
    }
}
