using System.Diagnostics;
using Magsag.Ledger.Records;
using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Tracing;

/// <summary>Reads what a span says about a call, in the names of OpenTelemetry's conventions for generative AI, old and new.</summary>
internal static class SpanFacts
{
    // An agent's span is a call's only when nothing inside it was seen.
    private static readonly string[] CallOperations = ["chat", "embeddings", "text_completion", "generate_content"];

    /// <summary>The call that the span describes; null when it describes none, such as a tool's.</summary>
    public static CallObservation? Read(Activity span)
    {
        string? operation = Text(span, "gen_ai.operation.name");
        Usage? usage = ReadUsage(span);
        if (operation is null || (usage is null && !CallOperations.Contains(operation)))
        {
            return null;
        }

        return new CallObservation
        {
            Operation = operation,
            Provider = ProviderOf(Text(span, "gen_ai.provider.name") ?? Text(span, "gen_ai.system")),
            Model = Text(span, "gen_ai.response.model"),
            RequestedModel = Text(span, "gen_ai.request.model"),
            Outcome = OutcomeOf(span),
            Usage = usage,
            ServiceTier = Text(span, "openai.response.service_tier") ?? Text(span, "anthropic.response.service_tier"),
            Started = new DateTimeOffset(span.StartTimeUtc, TimeSpan.Zero),
            DurationMilliseconds = span.Duration.TotalMilliseconds,
        };
    }

    private static Usage? ReadUsage(Activity span)
    {
        long? input = Count(span, "gen_ai.usage.input_tokens") ?? Count(span, "gen_ai.usage.prompt_tokens");
        long? output = Count(span, "gen_ai.usage.output_tokens") ?? Count(span, "gen_ai.usage.completion_tokens");
        return input is null && output is null ? null : new Usage
        {
            InputTokens = input ?? 0,
            CachedInputTokens = Count(span, "gen_ai.usage.cache_read.input_tokens") ?? 0,
            CacheWriteTokens = Count(span, "gen_ai.usage.cache_creation.input_tokens") ?? Count(span, "gen_ai.usage.cache_write.input_tokens") ?? 0,
            CacheWriteOneHourTokens = Count(span, "anthropic.usage.cache_creation.ephemeral_1h_input_tokens") ?? 0,
            OutputTokens = output ?? 0,
            ReasoningTokens = Count(span, "gen_ai.usage.reasoning.output_tokens") ?? 0,
        };
    }

    private static CallOutcome OutcomeOf(Activity span) => Text(span, "error.type") switch
    {
        null => span.Status == ActivityStatusCode.Error ? CallOutcome.Error : CallOutcome.Ok,
        { } error when error.Contains("Canceled", StringComparison.Ordinal) => CallOutcome.Cancelled,
        _ => CallOutcome.Error,
    };

    private static string? ProviderOf(string? name) => name switch
    {
        "az.ai.inference" => "azure.ai.inference",
        "az.ai.openai" => "azure.ai.openai",
        _ => name,
    };

    private static string? Text(Activity span, string tag) => span.GetTagItem(tag) as string;

    private static long? Count(Activity span, string tag) => span.GetTagItem(tag) switch
    {
        int count => count,
        long count => count,
        _ => null,
    };
}
