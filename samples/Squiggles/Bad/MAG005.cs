using Microsoft.Extensions.AI;

namespace Squiggles.Bad;

public sealed class GrowingHistories(string key)
{
    private readonly List<ChatMessage> _history = [];
    private readonly IChatClient _client = new OpenAI.Chat.ChatClient("gpt-4o-mini", key).AsIChatClient()
        .AsBuilder()
        .UseCostTracking()
        .Build();

    public async Task<string> AskAsync(string question)
    {
        _history.Add(new ChatMessage(ChatRole.User, question));
        ChatResponse response = await _client.GetResponseAsync(_history, new ChatOptions { MaxOutputTokens = 300 });
        _history.AddMessages(response);
        return response.Text;
    }
}
