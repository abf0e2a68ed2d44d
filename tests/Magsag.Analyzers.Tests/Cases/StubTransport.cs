// MAG001: a client whose transport is the project's own stub costs nothing.
using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
public sealed class StubHandler : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage());
}
public static class ClientTests
{
    public static async Task Pings()
    {
        var options = new OpenAI.OpenAIClientOptions { Transport = new HttpClientPipelineTransport(new HttpClient(new StubHandler())) };
        IChatClient client = new OpenAI.Chat.ChatClient("gpt-4o-mini", new ApiKeyCredential("x"), options).AsIChatClient();
        Console.WriteLine((await client.GetResponseAsync("ping")).Text);
    }
}
