using System.IO.Pipelines;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Magsag.Runtime.Tests;

/// <summary>A real MCP server and a real client of it, over pipes in this process.</summary>
internal sealed class InProcessMcpServer : IAsyncDisposable
{
    private readonly McpServer _server;
    private readonly Task _running;

    private InProcessMcpServer(McpServer server, Task running, McpClient client)
    {
        _server = server;
        _running = running;
        Client = client;
    }

    public McpClient Client { get; }

    public static async Task<InProcessMcpServer> StartAsync(params McpServerTool[] tools)
    {
        var toServer = new Pipe();
        var toClient = new Pipe();
        var options = new McpServerOptions { ServerInfo = new Implementation { Name = "weather-server", Version = "1" }, ToolCollection = [.. tools] };
        McpServer server = McpServer.Create(new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()), options);
        Task running = server.RunAsync();
        McpClient client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream()));
        return new InProcessMcpServer(server, running, client);
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _server.DisposeAsync();
        await _running;
    }
}
