// MAG001: a step that configures options in sight, and sets no cap.
using Microsoft.Extensions.AI;
public static class Tone
{
    public static async Task<string> Ask(OpenAI.OpenAIClient raw, string q)
    {
        IChatClient client = raw.GetChatClient("gpt-4o-mini").AsIChatClient().AsBuilder().ConfigureOptions(o => o.Temperature = 0).Build();
        return (await client.GetResponseAsync(q)).Text; // expected MAG001
    }
}
