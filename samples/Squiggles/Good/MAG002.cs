using OpenAI;
using OpenAI.Chat;

namespace Squiggles.Good;

public static class CheapDefaults
{
    private const string Model = "gpt-4o-mini";

    public static ChatClient Summaries(string key) => new(Model, key);

    // A premium model that was chosen, for what needs it, is no default.
    public static ChatClient Reasoning(OpenAIClient client, bool hard) => client.GetChatClient(hard ? "gpt-4o" : Model);
}
