using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace Squiggles.Bad;

public sealed class InvariantCalls(string key)
{
    private readonly IChatClient _client = new ChatClient("gpt-4o-mini", key).AsIChatClient();

    public async Task PrintAsync(IEnumerable<string> tickets)
    {
        foreach (string ticket in tickets)
        {
            // The same for every ticket.
            ChatResponse rules = await _client.GetResponseAsync("Our house rules in one sentence", new ChatOptions { MaxOutputTokens = 100 });
            Console.WriteLine(ticket + rules.Text);
        }
    }
}
