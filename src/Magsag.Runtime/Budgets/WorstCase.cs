using Magsag.Pricing;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>The most that one call can take: its counted input, all of it written to the provider's cache where that is dearer, and its cap.</summary>
internal static class WorstCase
{
    // What a chat format adds around each message, and what a request adds by itself: more than any known format needs.
    private const int TokensPerMessage = 8;
    private const int TokensPerCall = 32;

    // Encodings that aren't public differ from the one that is counted with; none known by more than this.
    private const int UnknownEncodingFactor = 2;

    public static long InputTokens(IReadOnlyList<ChatMessage> messages, ChatOptions? options, string? model, ModelPrice? price)
    {
        var counter = TokenCounter.For(model);
        long tokens = TokensPerCall + (long)TokensPerMessage * messages.Count + counter.Count(options?.Instructions);
        foreach (AITool tool in options?.Tools ?? [])
        {
            tokens += TokensPerMessage + counter.Count(tool.Name) + counter.Count(tool.Description) + (tool is AIFunctionDeclaration function ? counter.Count(function.JsonSchema.GetRawText()) : 0);
        }

        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema })
        {
            tokens += counter.Count(schema.GetRawText());
        }

        foreach (AIContent content in messages.SelectMany(static message => message.Contents))
        {
            if (TextOf(content) is not { } text)
            {
                return UncountedInput(price, model);
            }

            tokens += counter.Count(text);
        }

        return price?.Provider is "openai" or "azure.ai.openai" ? tokens : tokens * UnknownEncodingFactor;
    }

    public static decimal? CostOf(ModelPrice price, long input, long output, DateTimeOffset at)
    {
        var terms = new PriceTerms(at);
        var fresh = new Usage { InputTokens = input, OutputTokens = output };
        decimal? plain = price.CostOf(fresh, terms);
        decimal? written = price.CostOf(fresh with { CacheWriteTokens = input }, terms);
        decimal? writtenForLong = price.CostOf(fresh with { CacheWriteTokens = input, CacheWriteOneHourTokens = input }, terms);
        return new[] { plain, written, writtenForLong }.Max();
    }

    private static string? TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        FunctionCallContent call => call.Name + string.Concat((call.Arguments ?? new Dictionary<string, object?>()).Select(static argument => $"{argument.Key}: {argument.Value}, ")),
        FunctionResultContent result => result.Result?.ToString() ?? "",
        UsageContent => "",
        _ => null,
    };

    // Nobody here can count a picture or a recording, but no call takes more than the model's context window.
    private static long UncountedInput(ModelPrice? price, string? model) => price?.ContextWindow
        ?? throw new BudgetExceededException($"The call to '{model}' has content other than text, and the catalogue doesn't know the model's context window, so its worst case isn't known. Give the model a 'context_window' in magsag.prices.yaml.");
}
