using System.Net;
using System.Net.Sockets;

namespace Magsag.Cli.Tests;

/// <summary>A server on loopback that has one file, <c>prices.txt</c>, and nothing else.</summary>
internal sealed class LoopbackFile : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly byte[] _content;

    public LoopbackFile(byte[] content)
    {
        _content = content;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = AnswerAsync();
    }

    public string Address { get; }

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                context.Response.StatusCode = context.Request.Url?.AbsolutePath == "/prices.txt" ? 200 : 404;
                context.Response.Close(context.Response.StatusCode == 200 ? _content : [], willBlock: false);
            }
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
