using System.Text.Json;
using Magsag.Pricing;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>The most input tokens that a prompt is read as, counted as adapters send it.</summary>
internal static class PromptDemand
{
    // What a chat format adds around each message, and what a request adds by itself: more than any known format needs.
    private const int TokensPerMessage = 8;
    private const int TokensPerCall = 32;

    // Encodings that aren't public differ from the one that is counted with; none known by more than this.
    private const int UnknownEncodingFactor = 2;

    /// <summary>The tokens of a conversation with its tools and its schema; null when it holds what nobody here can count.</summary>
    public static long? Count(IReadOnlyList<ChatMessage> messages, ChatOptions? options, string? rawOptions, string? model, ModelPrice? price)
    {
        var counter = TokenCounter.For(model);
        long tokens = TokensPerCall + ((long)TokensPerMessage * messages.Count) + counter.Count(options?.Instructions) + counter.Count(rawOptions);
        foreach (AITool tool in options?.Tools ?? [])
        {
            tokens += TokensPerMessage + counter.Count(tool.Name) + counter.Count(tool.Description) + (tool is AIFunctionDeclaration function ? counter.Count(function.JsonSchema.GetRawText()) : 0);
        }

        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
        {
            tokens += counter.Count(schema.GetRawText());
        }

        return Add(tokens, messages.SelectMany(static message => message.Contents.Select(TextOf).Prepend(message.AuthorName ?? "")), model, price);
    }

    /// <summary>The tokens of values to embed; null for one that isn't text.</summary>
    public static long? Count(IEnumerable<string?> values, string? model, ModelPrice? price) => Add(TokensPerCall, values, model, price);

    /// <summary>The model's context window, which no call exceeds.</summary>
    /// <exception cref="BudgetExceededException">The catalogue doesn't know it.</exception>
    public static long Window(ModelPrice? price, string? model, string what) => price?.ContextWindow is { } window and > 0
        ? window
        : throw new BudgetExceededException($"The call to '{model}' {what}, and the catalogue doesn't know the model's context window, so its worst case isn't known. Give the model a 'context_window' in magsag.prices.yaml.");

    /// <summary>What a model reads of a content; null for what can't be counted.</summary>
    public static string? TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text + reasoning.ProtectedData,
        FunctionCallContent call => JsonOf(call.Arguments) is { } arguments ? call.Name + arguments : null,
        FunctionResultContent { Result: AIContent or IEnumerable<AIContent> } => null,
        FunctionResultContent result => result.Result as string ?? JsonOf(result.Result),
        ErrorContent error => error.Message,
        UsageContent => "",
        _ => null,
    };

    private static long? Add(long tokens, IEnumerable<string?> texts, string? model, ModelPrice? price)
    {
        var counter = TokenCounter.For(model);
        foreach (string? text in texts)
        {
            if (text is null)
            {
                return null;
            }

            tokens += counter.Count(text);
        }

        return price?.Provider is "openai" or "azure.ai.openai" ? tokens : tokens * UnknownEncodingFactor;
    }

    // Some adapters indent what they send, by these very options: that is the longest form.
    private static string? JsonOf(object? value)
    {
        try
        {
            return JsonSerializer.Serialize(value, AIJsonUtilities.DefaultOptions);
        }
        catch (Exception error) when (error is JsonException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }
}
