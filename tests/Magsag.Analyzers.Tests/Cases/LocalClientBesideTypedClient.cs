// MAG001: a client of a local model elsewhere in the project says nothing about a client that is a class of its own SDK. Behind an interface it may stand.
using Microsoft.Extensions.AI;
using OllamaSharp;
public sealed class Desk(OpenAI.Chat.ChatClient openai, IChatClient injected)
{
    public async Task<string> Ask(string q) => (await openai.CompleteChatAsync(q)).Value.Content[0].Text; // expected MAG001
    public async Task<string> AskInjected(string q) => (await injected.GetResponseAsync(q)).Text;
}
public static class DevTools
{
    public static IChatClient Local() => new OllamaApiClient(new Uri("http://localhost:11434"), "phi4");
}
