// MAG001: a local client that is registered may stand behind every injected one.
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OllamaSharp;
public static class Registrations
{
    public static void Add(IServiceCollection services, bool local, string key)
    {
        IChatClient client = local ? new OllamaApiClient(new Uri("http://localhost:11434"), "phi4") : new OpenAI.OpenAIClient(key).GetChatClient("gpt-4o-mini").AsIChatClient();
        services.AddChatClient(client).UseLogging();
    }
}
public sealed class Answers(IChatClient chat)
{
    private readonly IChatClient _chat = chat ?? throw new ArgumentNullException(nameof(chat));
    public Task<ChatResponse> Ask(string q) => _chat.GetResponseAsync(q);
    public async Task<string> AskTyped(OpenAI.Chat.ChatClient typed, string q) => (await typed.CompleteChatAsync(q)).Value.Content[0].Text; // expected MAG001
}
