using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Magsag.Cli.Html;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Magsag.Cli.Dashboard;

/// <summary>Serves the report on loopback and tells open pages when the costs have changed.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DashboardServer(WebApplication app) => _app = app;

    /// <summary>Where the dashboard is: <c>http://127.0.0.1:PORT/</c>.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    /// <summary>Starts to serve.</summary>
    /// <param name="source">Where the costs come from.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<DashboardServer> StartAsync(IDashboardSource source, int port, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        app.Use(RefuseForeignHosts);
        app.UseRouting();
        app.MapGet("/", async context => await WriteAsync(context, HtmlReport.Render(await source.ReadAsync(context.RequestAborted))));
        app.MapGet("/content", async context => await WriteAsync(context, HtmlReport.RenderContent(await source.ReadAsync(context.RequestAborted))));
        app.MapGet("/events", context => TypedResults.ServerSentEvents(ChangesAsync(source, app.Lifetime.ApplicationStopping, context.RequestAborted)).ExecuteAsync(context));
        await app.StartAsync(cancellationToken);
        return new DashboardServer(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    // A page elsewhere could reach this server under a name of its own that resolves to 127.0.0.1.
    private static Task RefuseForeignHosts(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Host.Host is "127.0.0.1" or "localhost")
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }

    private static async Task WriteAsync(HttpContext context, string page)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(page, context.RequestAborted);
    }

    private static async IAsyncEnumerable<SseItem<string>> ChangesAsync(IDashboardSource source, CancellationToken stopping, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        long number = 0;
        await foreach (DateTimeOffset change in source.ChangesAsync(end.Token).WithCancellation(end.Token))
        {
            yield return new SseItem<string>(change.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), "changed") { EventId = (++number).ToString(CultureInfo.InvariantCulture) };
        }
    }
}
