using System.Text;
using Magsag.Pricing;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Counts what a chat call used, where the provider didn't say.</summary>
internal static class ChatTokens
{
    // What every message and every answer costs beside its text, in the format that the encodings were made for.
    private const int TokensPerMessage = 4;
    private const int TokensPerAnswer = 3;

    /// <summary>The usage of a call; null when its prompt has images, audio or files, whose tokens nobody but the provider knows.</summary>
    /// <param name="model">The model, for its encoding.</param>
    /// <param name="messages">The prompt.</param>
    /// <param name="options">Instructions and tools.</param>
    /// <param name="answer">All text that arrived, tool calls included.</param>
    public static Usage? Count(string? model, IReadOnlyList<ChatMessage> messages, ChatOptions? options, ReadOnlySpan<char> answer)
    {
        var prompt = new StringBuilder(options?.Instructions);
        foreach (AIContent content in messages.SelectMany(static message => message.Contents))
        {
            if (!TryAppend(prompt, content))
            {
                return null;
            }
        }

        foreach (AIFunctionDeclaration tool in options?.Tools?.OfType<AIFunctionDeclaration>() ?? [])
        {
            prompt.Append(tool.Name).Append(tool.Description).Append(tool.JsonSchema.GetRawText());
        }

        TokenCounter counter = TokenCounter.For(model);
        return new Usage
        {
            InputTokens = counter.Count(prompt.ToString()) + (messages.Count * TokensPerMessage) + TokensPerAnswer,
            OutputTokens = counter.Count(answer),
        };
    }

    /// <summary>Appends what has tokens of a content; false when its tokens can't be counted.</summary>
    public static bool TryAppend(StringBuilder text, AIContent content)
    {
        switch (content)
        {
            case TextContent said:
                text.Append(said.Text);
                return true;
            case TextReasoningContent thought:
                text.Append(thought.Text);
                return true;
            case FunctionCallContent call:
                text.Append(call.Name).Append(CompactJson.Of(call.Arguments));
                return true;
            case FunctionResultContent result:
                text.Append(result.Result as string ?? CompactJson.Of(result.Result));
                return true;
            default:
                return content is not (DataContent or UriContent or HostedFileContent);
        }
    }
}
