using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Calls;

/// <summary>Tells within this process whether two calls ask the same for the same reason, whichever clients they go through.</summary>
internal static class PromptFingerprint
{
    public static int Compute(IReadOnlyList<ChatMessage> messages)
    {
        var hash = default(HashCode);
        CostScope? scope = CostScope.Current;
        hash.Add(scope?.RunId);
        hash.Add(scope?.Agent);
        hash.Add(scope?.Customer);
        foreach (ChatMessage message in messages)
        {
            hash.Add(message.Role);
            foreach (AIContent content in message.Contents)
            {
                hash.Add(content is TextContent said ? said.Text : content.GetType().Name);
            }
        }

        return hash.ToHashCode();
    }
}
