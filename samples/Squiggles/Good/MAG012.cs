using OpenAI.Chat;

namespace Squiggles.Good;

public static class ForbiddenModels
{
    public static ChatClient Make(string key) => new("gpt-4o-mini", key);
}
