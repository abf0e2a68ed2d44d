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
using Microsoft.Extensions.Hosting;

namespace Magsag.Cli.Dashboard;

/// <summary>Serves the report on loopback and notifies open pages when the costs change.</summary>
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
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();

        // A page that is being sent doesn't delay Ctrl-C.
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        WebApplication app = builder.Build();
        var feed = new ChangeFeed(source);
        var reads = new SharedReads(source, TimeProvider.System, app.Lifetime.ApplicationStopping);
        app.Use(RefuseForeigners);
        app.UseRouting();
        app.MapGet("/", context => WritePageAsync(context, source.Title, reads));
        app.MapGet("/content", context => WriteContentAsync(context, reads));
        app.MapGet("/events", context => TypedResults.ServerSentEvents(EventsAsync(feed, app.Lifetime.ApplicationStopping, context.RequestAborted)).ExecuteAsync(context));
        await app.StartAsync(cancellationToken);
        return new DashboardServer(app);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    // Guards against DNS rebinding and framing by other sites.
    private static Task RefuseForeigners(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Host.Host is not ("127.0.0.1" or "localhost"))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return Task.CompletedTask;
        }

        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = HtmlReport.ContentSecurityPolicy(isLive: true) + "; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }

    // Without figures the page is served all the same: it shows them as soon as they can be read.
    private static async Task WritePageAsync(HttpContext context, string title, SharedReads reads)
    {
        string page;
        try
        {
            page = HtmlReport.Render(await reads.ReadAsync(context.RequestAborted));
        }
        catch (DashboardProblemException problem)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            page = HtmlReport.RenderProblem(title, problem.Message);
        }

        await WriteAsync(context, "text/html", page);
    }

    private static async Task WriteContentAsync(HttpContext context, SharedReads reads)
    {
        try
        {
            await WriteAsync(context, "text/html", HtmlReport.RenderContent(await reads.ReadAsync(context.RequestAborted)));
        }
        catch (DashboardProblemException problem)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await WriteAsync(context, "text/plain", problem.Message);
        }
    }

    private static Task WriteAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type + "; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static async IAsyncEnumerable<SseItem<string>> EventsAsync(ChangeFeed feed, CancellationToken stopping, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted);
        await foreach (DashboardChange change in feed.ListenAsync(end.Token))
        {
            yield return change.Problem is { } problem
                ? new SseItem<string>(problem, "problem")
                : new SseItem<string>(change.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), "changed");
        }
    }
}
