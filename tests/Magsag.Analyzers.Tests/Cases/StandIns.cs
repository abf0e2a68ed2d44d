// MAG001, MAG002: clients over the test's own handler cost nothing.
using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.AI.OpenAI;
using Microsoft.Extensions.AI;
public sealed class StubHandler : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(new HttpResponseMessage());
}
public static class ClientTests
{
    public static async Task Through_variables()
    {
        var handler = new StubHandler();
        var http = new HttpClient(handler);
        var options = new OpenAI.OpenAIClientOptions { Transport = new HttpClientPipelineTransport(http) };
        IChatClient client = new OpenAI.Chat.ChatClient("gpt-4o", new ApiKeyCredential("x"), options).AsIChatClient();
        Console.WriteLine((await client.GetResponseAsync("ping")).Text);
    }
    public static async Task OfAzure(StubHandler handler)
    {
        var azure = new AzureOpenAIClient(new Uri("https://a.example"), new ApiKeyCredential("x"), new AzureOpenAIClientOptions { Transport = new HttpClientPipelineTransport(new HttpClient(handler)) });
        Console.WriteLine((await azure.GetChatClient("chat").CompleteChatAsync("ping")).Value);
    }
    public static async Task OfAzureItself(AzureOpenAIClientOptions options)
    {
        var azure = new AzureOpenAIClient(new Uri("https://a.example"), new ApiKeyCredential("x"), options);
        Console.WriteLine((await azure.GetChatClient("chat").CompleteChatAsync("ping")).Value); // expected MAG001
    }
    public static OpenAI.Chat.ChatClient Paid() => new("gpt-4o", new ApiKeyCredential("x")); // expected MAG002
}
