using OpenAI.Chat;

namespace Squiggles.Bad;

public static class ForbiddenModels
{
    public static ChatClient Make(string key) => new("o3-pro", key);
}
