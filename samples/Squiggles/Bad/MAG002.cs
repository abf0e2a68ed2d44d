using OpenAI;
using OpenAI.Chat;

namespace Squiggles.Bad;

public static class PremiumDefaults
{
    private const string Model = "gpt-4o";

    public static ChatClient Summaries(string key) => new(Model, key);

    public static ChatClient Classification(OpenAIClient client) => client.GetChatClient("gpt-4o");
}
