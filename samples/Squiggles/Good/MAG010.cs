using Microsoft.Extensions.AI;

namespace Squiggles.Good;

public sealed class UnrecordedCalls(string key)
{
    private readonly IChatClient _client = new OpenAI.Chat.ChatClient("gpt-4o-mini", key).AsIChatClient().AsBuilder().UseCostTracking().Build();

    public async Task<string> AskAsync(string question) => (await _client.GetResponseAsync(question, new ChatOptions { MaxOutputTokens = 100 })).Text;
}
