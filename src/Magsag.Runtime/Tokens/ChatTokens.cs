using System.Text;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Counts the prompt of a chat call, where the provider didn't say.</summary>
internal static class ChatTokens
{
    // What every message and every answer costs beside its text, in the format that the encodings were made for.
    private const int TokensPerMessage = 4;
    private const int TokensPerAnswer = 3;

    /// <summary>The input tokens of a call; null when its prompt has images, audio or files, whose tokens nobody but the provider knows.</summary>
    /// <param name="messages">The prompt.</param>
    /// <param name="options">Instructions and tools.</param>
    /// <param name="counter">Counts with the model's encoding.</param>
    public static long? CountInput(IReadOnlyList<ChatMessage> messages, ChatOptions? options, TokenCounter counter)
    {
        var prompt = new StringBuilder(options?.Instructions);
        foreach (AIContent content in messages.SelectMany(static message => message.Contents))
        {
            if (ContentText.Of(content) is not { } text)
            {
                return null;
            }

            prompt.Append(text);
        }

        foreach (AIFunctionDeclaration tool in options?.Tools?.OfType<AIFunctionDeclaration>() ?? [])
        {
            prompt.Append(tool.Name).Append(tool.Description).Append(tool.JsonSchema.GetRawText());
        }

        return counter.Count(prompt.ToString()) + (messages.Count * TokensPerMessage) + TokensPerAnswer;
    }
}
