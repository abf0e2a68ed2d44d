using System.Net;
using System.Text;
using System.Text.Json;

namespace Magsag.Testing.Tests;

/// <summary>A network of one provider: it answers each request with the next of its answers, the last one again and again.</summary>
internal sealed class StubProvider(params (int Status, string Type, string Body)[] answers) : HttpMessageHandler
{
    private int _requests;

    /// <summary>How many requests came.</summary>
    public int Requests => _requests;

    /// <summary>A network that nothing may reach.</summary>
    public static StubProvider Unreachable { get; } = new();

    public static StubProvider Json(params object[] bodies) => new([.. bodies.Select(static body => (200, "application/json", JsonSerializer.Serialize(body)))]);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        int number = Interlocked.Increment(ref _requests);
        Assert.True(answers.Length > 0, "A request went out.");
        (int status, string type, string body) = answers[Math.Min(number, answers.Length) - 1];
        return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { RequestMessage = request, Content = new StringContent(body, Encoding.UTF8, type) });
    }
}
