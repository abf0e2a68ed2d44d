using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Magsag.Cli.Tests;

/// <summary>A webhook on loopback that takes one message and answers it with a status, or never.</summary>
internal sealed class LoopbackWebhook : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task<string> _received;

    private readonly int? _status;

    public LoopbackWebhook(int? status = 200)
    {
        _status = status;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Address);
        _listener.Start();
        _received = ReceiveAsync();
    }

    public string Address { get; }

    public Task<string> ReceivedAsync() => _received;

    public void Dispose() => ((IDisposable)_listener).Dispose();

    private async Task<string> ReceiveAsync()
    {
        HttpListenerContext context = await _listener.GetContextAsync();
        using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
        string body = await reader.ReadToEndAsync();
        if (_status is { } status)
        {
            context.Response.StatusCode = status;
            context.Response.RedirectLocation = status == 302 ? Address : null;
            context.Response.Close();
        }

        return body;
    }
}
