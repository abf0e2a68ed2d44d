using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Squiggles.Bad;

public sealed class IndentedJson(IChatClient client)
{
    public async Task<string> CheckAsync(object order)
    {
        string json = JsonSerializer.Serialize(order, new JsonSerializerOptions { WriteIndented = true });
        ChatResponse response = await client.GetResponseAsync("Is this order complete? " + json, new ChatOptions { MaxOutputTokens = 50 });
        return response.Text;
    }
}
