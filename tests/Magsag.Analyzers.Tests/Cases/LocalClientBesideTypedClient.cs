// MAG001, MAG004, MAG005: a client of a local model elsewhere in the project says nothing about a client that it can't get to.
using Microsoft.Extensions.AI;
using OllamaSharp;
public sealed class Desk(OpenAI.Chat.ChatClient openai, IChatClient injected)
{
    public async Task<string> Ask(string q) => (await openai.CompleteChatAsync(q)).Value.Content[0].Text; // expected MAG001
    public async Task<string> AskInjected(string q) => (await injected.GetResponseAsync(q)).Text; // expected MAG001
}
public sealed class Beside(IEmbeddingGenerator<string, Embedding<float>> generator, IChatClient chat)
{
    private readonly IChatClient _chat = chat;
    public async Task Embed(List<string> chunks, Action<string, Embedding<float>> save)
    {
        foreach (var chunk in chunks) save(chunk, await generator.GenerateAsync(chunk)); // expected MAG004
    }
    public async Task Talk()
    {
        var history = new List<ChatMessage>();
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            history.Add(new(ChatRole.User, line));
            history.AddMessages(await _chat.GetResponseAsync(history, new ChatOptions { MaxOutputTokens = 200 })); // expected MAG005
        }
    }
}
public sealed class Takes(IChatClient client)
{
    public async Task<string> Ask(string q) => (await client.GetResponseAsync(q)).Text;
}
public sealed class TakesThrough(IChatClient client, string tone)
{
    private readonly Takes _inner = new(client);
    private readonly TakesToo _second = new TakesToo(client);
    public Task<string> Ask(string q) => _inner.Ask(tone + q);
    public Task<string> AskSecond(string q) => _second.Ask(tone + q);
}
public sealed class TakesToo(IChatClient client)
{
    public async Task<string> Ask(string q) => (await client.GetResponseAsync(q)).Text;
}
public static class DevTools
{
    public static IChatClient Local() => new OllamaApiClient(new Uri("http://localhost:11434"), "phi4");
    public static async Task Warm()
    {
        IChatClient client = new OllamaApiClient(new Uri("http://localhost:11434"), "phi4");
        Console.WriteLine((await client.GetResponseAsync("ping")).Text);
        Console.WriteLine(await new Takes(client).Ask("ping"));
        Console.WriteLine(await new TakesThrough(client, "").Ask("ping"));
    }
    private static IChatClient Choose(string provider, string key) => provider switch
    {
        "ollama" => new OllamaApiClient(new Uri("http://localhost:11434"), "phi4"),
        _ => new OpenAI.OpenAIClient(key).GetChatClient("gpt-4o-mini").AsIChatClient(),
    };
    public static async Task<string> Either(string provider, string key, string q)
    {
        var client = Choose(provider, key);
        return (await client.GetResponseAsync(q)).Text;
    }
    public static async Task<string> Given(IChatClient client, string q) => (await client.GetResponseAsync(q)).Text; // expected MAG001
    public static async Task<string> GivenLocal(IChatClient client, string q) => (await client.GetResponseAsync(q)).Text;
    public static string Checked(IChatClient? client)
    {
        IChatClient local = new OllamaApiClient(new Uri("http://localhost:11434"), "phi4");
        return client is null ? throw new ArgumentNullException(nameof(local)) : local.ToString()!;
    }
    public static Task<string> Use(string q) => GivenLocal(Local(), q);
}
public abstract class Provider
{
    public IChatClient? Chat;
    public async Task<string> Ask(string q) => (await Chat!.GetResponseAsync(q)).Text;
}
public sealed class LocalProvider : Provider
{
    public LocalProvider() => Chat = new OllamaApiClient(new Uri("http://localhost:11434"), "phi4");
}
public abstract class PaidProvider
{
    protected IChatClient? Client;
    public async Task<string> Ask(string q) => (await Client!.GetResponseAsync(q)).Text; // expected MAG001
}
