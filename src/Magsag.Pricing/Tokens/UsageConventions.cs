namespace Magsag.Pricing.Tokens;

/// <summary>
/// Brings the counts of each family of providers into one <see cref="Usage"/>: the one place that knows whose totals include what.
/// </summary>
internal static class UsageConventions
{
    /// <summary>OpenAI and whoever speaks its format: input includes cached and cache-write tokens, output includes reasoning.</summary>
    /// <param name="input"><c>prompt_tokens</c> or <c>input_tokens</c>.</param>
    /// <param name="output"><c>completion_tokens</c> or <c>output_tokens</c>.</param>
    /// <param name="cached"><c>cached_tokens</c> of the details.</param>
    /// <param name="cacheWrite"><c>cache_write_tokens</c> of the details.</param>
    /// <param name="reasoning"><c>reasoning_tokens</c> of the details.</param>
    public static Usage FromOpenAI(long input, long output, long cached = 0, long cacheWrite = 0, long reasoning = 0) => new()
    {
        InputTokens = input,
        CachedInputTokens = cached,
        CacheWriteTokens = cacheWrite,
        OutputTokens = output,
        ReasoningTokens = reasoning,
    };

    /// <summary>Providers that count reasoning (and citations) beside the completion instead of inside it: xAI, Perplexity.</summary>
    /// <param name="input"><c>prompt_tokens</c>.</param>
    /// <param name="completion"><c>completion_tokens</c>, without reasoning.</param>
    /// <param name="cached"><c>cached_tokens</c> of the details, inside the input.</param>
    /// <param name="reasoning"><c>reasoning_tokens</c>.</param>
    /// <param name="citations"><c>citation_tokens</c>.</param>
    public static Usage FromSeparateReasoning(long input, long completion, long cached = 0, long reasoning = 0, long citations = 0) => new()
    {
        InputTokens = input,
        CachedInputTokens = cached,
        OutputTokens = completion + reasoning + citations,
        ReasoningTokens = reasoning,
        CitationTokens = citations,
    };

    /// <summary>Anthropic and Bedrock: the input excludes what was read from or written to the cache; output includes thinking.</summary>
    /// <param name="input"><c>input_tokens</c>: fresh ones only.</param>
    /// <param name="output"><c>output_tokens</c>.</param>
    /// <param name="cacheRead"><c>cache_read_input_tokens</c>.</param>
    /// <param name="cacheWrite"><c>cache_creation_input_tokens</c>, whatever their time to live.</param>
    /// <param name="cacheWriteOneHour"><c>ephemeral_1h_input_tokens</c>: those of the writes that live for an hour.</param>
    /// <param name="thinking"><c>thinking_tokens</c> of the details.</param>
    public static Usage FromAnthropic(long input, long output, long cacheRead = 0, long cacheWrite = 0, long cacheWriteOneHour = 0, long thinking = 0) => new()
    {
        InputTokens = input + cacheRead + cacheWrite,
        CachedInputTokens = cacheRead,
        CacheWriteTokens = cacheWrite,
        CacheWriteOneHourTokens = cacheWriteOneHour,
        OutputTokens = output,
        ReasoningTokens = thinking,
    };

    /// <summary>Gemini: the prompt includes cached tokens, tool results come beside it, and candidates exclude thoughts.</summary>
    /// <param name="prompt"><c>promptTokenCount</c>.</param>
    /// <param name="candidates"><c>candidatesTokenCount</c>.</param>
    /// <param name="cached"><c>cachedContentTokenCount</c>.</param>
    /// <param name="thoughts"><c>thoughtsTokenCount</c>.</param>
    /// <param name="toolUsePrompt"><c>toolUsePromptTokenCount</c>.</param>
    public static Usage FromGemini(long prompt, long candidates, long cached = 0, long thoughts = 0, long toolUsePrompt = 0) => new()
    {
        InputTokens = prompt + toolUsePrompt,
        CachedInputTokens = cached,
        OutputTokens = candidates + thoughts,
        ReasoningTokens = thoughts,
    };
}
