using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;

namespace Squiggles.Good;

public sealed class CachedLoops(IChatClient client, IDistributedCache cache)
{
    public async Task ClassifyAsync(IEnumerable<string> tickets)
    {
        IChatClient cachedClient = client.AsBuilder().UseDistributedCache(cache).Build();
        foreach (string ticket in tickets)
        {
            ChatResponse queue = await cachedClient.GetResponseAsync("Classify: " + ticket, new ChatOptions { MaxOutputTokens = 5 });
            Console.WriteLine(queue.Text);
        }
    }
}
