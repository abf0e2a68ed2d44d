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

    private static readonly string?[] ServiceTiers = [null, "flex", "priority"];

    /// <summary>The most tokens that a conversation with its tools and its schema is read as.</summary>
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

        return AddTexts(tokens, messages.SelectMany(static message => message.Contents).Select(TextOf), model, price);
    }

    /// <summary>The most tokens of values to embed; null for one that isn't text.</summary>
    public static long InputTokens(IReadOnlyCollection<string?> values, string? model, ModelPrice? price) =>
        values.Contains(null) ? values.Count * UncountedInput(price, model) : AddTexts(TokensPerCall, values, model, price);

    /// <summary>The dearest terms that a call can be billed at: options of the provider's own may ask for any service tier.</summary>
    public static PriceTerms TermsOf(ModelPrice? price, ChatOptions? options, long input, long output, BudgetOptions budget)
    {
        var usual = new PriceTerms(budget.Time.GetUtcNow(), budget.ServiceTier);
        bool mayChoose = options?.RawRepresentationFactory is not null || options?.AdditionalProperties is { Count: > 0 };
        return price is null || !mayChoose
            ? usual
            : ServiceTiers.Select(tier => usual with { ServiceTier = tier }).Append(usual).MaxBy(terms => CostOf(price, input, output, terms) ?? 0m);
    }

    /// <summary>The cost of the worst case; null when the model has no price.</summary>
    public static decimal? CostOf(ModelPrice price, long input, long output, in PriceTerms terms)
    {
        var fresh = new Usage { InputTokens = input, OutputTokens = output };
        decimal? plain = CostOf(price, fresh, terms);
        decimal? written = CostOf(price, fresh with { CacheWriteTokens = input }, terms);
        decimal? writtenForLong = CostOf(price, fresh with { CacheWriteTokens = input, CacheWriteOneHourTokens = input }, terms);
        return new[] { plain, written, writtenForLong }.Max();
    }

    /// <summary>The cost at a service tier; at the standard one for a model that has no price at that tier.</summary>
    public static decimal? CostOf(ModelPrice price, in Usage usage, in PriceTerms terms) =>
        price.CostOf(usage, terms) ?? price.CostOf(usage, terms with { ServiceTier = null });

    /// <summary>What a model reads of a content; null for what isn't text.</summary>
    public static string? TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => reasoning.Text,
        FunctionCallContent call => call.Name + string.Concat((call.Arguments ?? new Dictionary<string, object?>()).Select(static argument => $"{argument.Key}: {argument.Value}, ")),
        FunctionResultContent result => result.Result?.ToString() ?? "",
        UsageContent => "",
        _ => null,
    };

    private static long AddTexts(long tokens, IEnumerable<string?> texts, string? model, ModelPrice? price)
    {
        var counter = TokenCounter.For(model);
        foreach (string? text in texts)
        {
            if (text is null)
            {
                return UncountedInput(price, model);
            }

            tokens += counter.Count(text);
        }

        return price?.Provider is "openai" or "azure.ai.openai" ? tokens : tokens * UnknownEncodingFactor;
    }

    // Nobody here can count a picture or a recording, but no call takes more than the model's context window.
    private static long UncountedInput(ModelPrice? price, string? model) => price?.ContextWindow
        ?? throw new BudgetExceededException($"The call to '{model}' has content other than text, and the catalogue doesn't know the model's context window, so its worst case isn't known. Give the model a 'context_window' in magsag.prices.yaml.");
}
