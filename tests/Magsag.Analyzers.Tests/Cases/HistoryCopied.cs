// MAG005: the history is copied into a list of the turn, spread, grown in a foreach, or inside the request.
using Anthropic;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;
public sealed class Turns(IChatClient chat)
{
    private static readonly ChatOptions Short = new() { MaxOutputTokens = 300 };
    public async Task AddRange(Func<string, string> retrieve)
    {
        var history = new List<ChatMessage>();
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            var messages = new List<ChatMessage> { new(ChatRole.System, "Use this: " + retrieve(line)) };
            messages.AddRange(history);
            messages.Add(new(ChatRole.User, line));
            var answer = await chat.GetResponseAsync(messages, Short); // expected MAG005
            history.Add(new(ChatRole.User, line));
            history.Add(new(ChatRole.Assistant, answer.Text));
        }
    }
    public async Task Spread()
    {
        var history = new List<ChatMessage>();
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            var answer = await chat.GetResponseAsync([new(ChatRole.System, "Be brief."), .. history, new(ChatRole.User, line)], Short); // expected MAG005
            history.Add(new(ChatRole.User, line));
            history.Add(new(ChatRole.Assistant, answer.Text));
        }
    }
    public async Task Foreach(List<string> questions)
    {
        var history = new List<ChatMessage>();
        foreach (var q in questions)
        {
            history.Add(new(ChatRole.User, q));
            history.AddMessages(await chat.GetResponseAsync(history, Short)); // expected MAG005
        }
    }
    public async Task InRequest(AnthropicClient client)
    {
        var messages = new List<MessageParam>();
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            messages.Add(new UserMessageParam { Content = line });
            var answer = await client.Messages.Create(new MessageCreateParams { Model = Model.ClaudeHaiku4_5, MaxTokens = 300, Messages = messages }); // expected MAG005
            messages.Add(new AssistantMessageParam { Content = answer.ToString() });
        }
    }
    public async Task Cut()
    {
        var history = new List<ChatMessage>();
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            List<ChatMessage> messages = [new(ChatRole.System, "Be brief."), .. history];
            if (messages.Count > 20) messages.RemoveRange(1, messages.Count - 20);
            var answer = await chat.GetResponseAsync(messages, Short);
            history.Add(new(ChatRole.User, line));
            history.Add(new(ChatRole.Assistant, answer.Text));
        }
    }
    public async Task LastTurns()
    {
        var history = new List<ChatMessage>();
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            history.Add(new(ChatRole.User, line));
            var answer = await chat.GetResponseAsync([new(ChatRole.System, "Be brief."), .. history.TakeLast(10)], Short);
            history.Add(new(ChatRole.Assistant, answer.Text));
        }
    }
    public async Task FewTurns()
    {
        var history = new List<ChatMessage>();
        string[] questions = ["What is a parcel?", "And a letter?"];
        foreach (var q in questions)
        {
            history.Add(new(ChatRole.User, q));
            history.AddMessages(await chat.GetResponseAsync(history, Short));
        }
    }
    public async Task Fixed(List<ChatMessage> examples)
    {
        List<ChatMessage> shots = [.. examples];
        while (Console.ReadLine() is { Length: > 0 } line)
            Console.WriteLine(await chat.GetResponseAsync([.. shots, new(ChatRole.User, line)], Short));
    }
}
