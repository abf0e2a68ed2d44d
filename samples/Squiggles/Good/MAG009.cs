using Microsoft.Extensions.AI;

namespace Squiggles.Good;

public static class RetiredModels
{
    public static ChatOptions Options() => new() { ModelId = "claude-haiku-4-5", MaxOutputTokens = 200 };
}
