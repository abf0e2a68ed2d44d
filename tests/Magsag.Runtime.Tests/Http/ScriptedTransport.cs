using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Magsag.Runtime.Tests;

/// <summary>Stands below the handler where the network would be, and answers with exactly the bytes that a test gives it.</summary>
internal sealed class ScriptedTransport(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    /// <summary>What arrived, in order.</summary>
    public List<string> Bodies { get; } = [];

    public static HttpResponseMessage Json(string body) => Bytes(Encoding.UTF8.GetBytes(body), "application/json");

    public static HttpResponseMessage Events(string events) => Bytes(Encoding.UTF8.GetBytes(events), "text/event-stream");

    public static HttpResponseMessage Bytes(byte[] body, string type, string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (Bodies)
        {
            Bodies.Add(body);
        }

        return answer(request);
    }
}
