using Microsoft.Extensions.AI;

namespace Squiggles.Good;

public sealed class HoistedCalls(IChatClient client)
{
    public async Task PrintAsync(IEnumerable<string> tickets)
    {
        ChatResponse rules = await client.GetResponseAsync("Our house rules in one sentence", new ChatOptions { MaxOutputTokens = 100 });
        foreach (string ticket in tickets)
        {
            Console.WriteLine(ticket + rules.Text);
        }
    }
}
