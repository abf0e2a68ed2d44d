using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;

namespace SupportDesk.Tests.Provider;

/// <summary>Posts JSON to the provider and reads what comes back.</summary>
internal sealed class ProviderHttp(Uri endpoint)
{
    private static readonly HttpClient Client = new() { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "key") } };

    public async Task<JsonObject> PostAsync(string path, string json, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await SendAsync(path, json);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
        return JsonNode.Parse(body)!.AsObject();
    }

    /// <summary>The events of a stream, without the marker that ends it.</summary>
    public async Task<IReadOnlyList<JsonObject>> PostForEventsAsync(string path, string json)
    {
        using var response = await SendAsync(path, json);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var events = await SseParser.Create(stream)
            .EnumerateAsync(TestContext.Current.CancellationToken)
            .Select(item => item.Data)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal("[DONE]", events[^1]);
        return [.. events.SkipLast(1).Select(data => JsonNode.Parse(data)!.AsObject())];
    }

    private async Task<HttpResponseMessage> SendAsync(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await Client.PostAsync(new Uri($"{endpoint}/{path}"), content, TestContext.Current.CancellationToken);
    }
}
