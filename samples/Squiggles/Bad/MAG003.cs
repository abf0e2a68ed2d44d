using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using OpenAI.Chat;

namespace Squiggles.Bad;

public sealed class UncachedLoops(string key, IDistributedCache cache)
{
    private readonly IChatClient _client = new ChatClient("gpt-4o-mini", key).AsIChatClient();

    public async Task ClassifyAsync(IEnumerable<string> tickets)
    {
        foreach (string ticket in tickets)
        {
            ChatResponse queue = await _client.GetResponseAsync("Classify: " + ticket, new ChatOptions { MaxOutputTokens = 5 });
            await cache.SetStringAsync(ticket, queue.Text);
        }
    }
}
