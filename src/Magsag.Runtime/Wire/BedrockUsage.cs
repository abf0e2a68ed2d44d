using System.Text.Json;
using Magsag.Pricing.Tokens;
using static Magsag.Ledger.Files.JsonMembers;

namespace Magsag.Runtime.Wire;

/// <summary>Reads what Bedrock says of a call: the usage of Converse and Nova, the metrics of streams, the counts of Llama and Titan (whose output stands in the headers).</summary>
/// <remarks>
/// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html and the pages of the models' own parameters
/// (model-parameters-meta.html, model-parameters-titan-text.html) in the user guide.
/// </remarks>
internal static class BedrockUsage
{
    /// <summary>The member of a stream's last piece that says what the call used.</summary>
    public const string Metrics = "amazon-bedrock-invocationMetrics";

    public static StatedUsage? Read(JsonElement usage)
    {
        if (Number(usage, "inputTokens") is not { } input || Number(usage, "outputTokens") is not { } output)
        {
            return null;
        }

        long oneHour = 0;
        if (Child(usage, "cacheDetails") is { ValueKind: JsonValueKind.Array } details)
        {
            oneHour = details.EnumerateArray().Where(static detail => Text(detail, "ttl") == "1h").Sum(static detail => Number(detail, "inputTokens") ?? 0);
        }

        // Nova, asked by itself, names them a little differently.
        long read = Number(usage, "cacheReadInputTokens") ?? Number(usage, "cacheReadInputTokenCount") ?? 0;
        long written = Number(usage, "cacheWriteInputTokens") ?? Number(usage, "cacheWriteInputTokenCount") ?? 0;
        return new StatedUsage(UsageConventions.FromAnthropic(input, output, read, written, oneHour), Number(usage, "totalTokens"), IsCacheAdded: true);
    }

    /// <summary>Whether a body has counts outside of a usage object.</summary>
    public static bool HasCounts(JsonElement body) => Child(body, Metrics) is not null || Child(body, "generation_token_count") is not null || Child(body, "inputTextTokenCount") is not null;

    public static StatedUsage? ReadCounts(JsonElement body)
    {
        if (Child(body, Metrics) is { } metrics)
        {
            return Number(metrics, "inputTokenCount") is { } counted
                ? new StatedUsage(UsageConventions.FromAnthropic(counted, Number(metrics, "outputTokenCount") ?? 0, Number(metrics, "cacheReadInputTokenCount") ?? 0, Number(metrics, "cacheWriteInputTokenCount") ?? 0), IsCacheAdded: true)
                : null;
        }

        long? input = Number(body, "prompt_token_count") ?? Number(body, "inputTextTokenCount");
        return input is null ? null : new StatedUsage(UsageConventions.FromOpenAI(input.Value, Number(body, "generation_token_count") ?? 0));
    }
}
