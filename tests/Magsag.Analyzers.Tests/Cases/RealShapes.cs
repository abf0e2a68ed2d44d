// MAG001, MAG002: the shapes that clients and options have in applications.
using Azure.AI.OpenAI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using OpenAI.Chat;
public sealed class AiOptions
{
    public string Model { get; set; } = "gpt-4o-mini";
}
public sealed class Controller(AzureOpenAIClient azure, IConfiguration configuration)
{
    public async Task<string> Post(string question)
    {
        ChatClient chat = azure.GetChatClient(configuration["Deployment"]);
        ChatCompletion completion = await chat.CompleteChatAsync([new SystemChatMessage("Be brief."), new UserChatMessage(question)]); // expected MAG001
        return completion.Content[0].Text;
    }
}
public sealed class Component
{
    private readonly ChatOptions _options;
    private readonly ChatOptions _short;
    public Component(AiOptions options)
    {
        _options = new ChatOptions { ModelId = options.Model, Temperature = 0.2f };
        _short = new ChatOptions { ModelId = options.Model, MaxOutputTokens = 200 };
    }
    public IChatClient Client { get; set; } = default!;
    public Task<ChatResponse> Ask(string question) => Client.GetResponseAsync(question, _options); // expected MAG001
    public Task<ChatResponse> AskShort(string question) => Client.GetResponseAsync(question, _short);
}
public static class Endpoints
{
    public static void Map(IConfiguration configuration, Action<string, Func<IChatClient, string, Task<string>>> map)
    {
        var options = new ChatOptions { Tools = [] };
        map("/ask", async (chat, question) => (await chat.GetResponseAsync(question, options)).Text); // expected MAG001
        var capped = new ChatOptions { Tools = [], MaxOutputTokens = configuration["Max"] is { } most ? int.Parse(most) : 500 };
        map("/short", async (chat, question) => (await chat.GetResponseAsync(question, capped)).Text);
    }
}
public static class Factory
{
    public static IChatClient Create(string key, string? model = null)
    {
        var name = model ?? "gpt-4o";
        return new OpenAI.OpenAIClient(key).GetChatClient(name).AsIChatClient(); // expected MAG002
    }
    public static async Task<string> Ask(string key, string question)
    {
        var client = Create(key);
        await foreach (var update in client.GetStreamingResponseAsync(question)) Console.Write(update); // expected MAG001
        return "";
    }
}
public sealed class Lazily(string key)
{
    private readonly Lazy<IChatClient> _client = new(() => Factory.Create(key));
    public Task<ChatResponse> Ask(string question) => _client.Value.GetResponseAsync(question); // expected MAG001
}
