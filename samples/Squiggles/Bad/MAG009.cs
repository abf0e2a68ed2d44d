using Microsoft.Extensions.AI;

namespace Squiggles.Bad;

public static class RetiredModels
{
    public static ChatOptions Options() => new() { ModelId = "claude-3-haiku-20240307", MaxOutputTokens = 200 };
}
