using System.Text.Json;
using Magsag.Ledger.Figures;
using Magsag.Pricing.Tokens;
using static Magsag.Ledger.Files.JsonMembers;

namespace Magsag.Runtime.Wire;

/// <summary>Reads the usage of Anthropic's messages, with the iterations that its totals leave out.</summary>
/// <remarks>https://platform.claude.com/docs/en/api/messages: what compacting a conversation used, and what an advisor used, stands in <c>iterations</c> only.</remarks>
internal static class AnthropicUsage
{
    private const string Advisor = "advisor_message";

    public static StatedUsage? Read(JsonElement usage)
    {
        if (Number(usage, "input_tokens") is null || Number(usage, "output_tokens") is null)
        {
            return null;
        }

        Usage sum = ReadCounts(usage);
        foreach (JsonElement iteration in Iterations(usage).Where(static iteration => Text(iteration, "type") == "compaction"))
        {
            sum = Usage.Sum(sum, ReadCounts(iteration), CountBounds.Sum);
        }

        return new StatedUsage(sum with { WebSearches = Number(Child(usage, "server_tool_use"), "web_search_requests") ?? 0 }, IsCacheAdded: true);
    }

    /// <summary>What advisors used, by the models that were asked.</summary>
    public static IReadOnlyList<(string Model, Usage Usage)> OtherModels(JsonElement usage) =>
        Child(usage, "iterations") is null ? [] : [.. Iterations(usage).Where(IsAdvice).Select(static iteration => (Text(iteration, "model")!, ReadCounts(iteration)))];

    /// <summary>Whether a model was asked that isn't named, so that what it cost isn't known.</summary>
    public static bool HasUnnamedModel(JsonElement usage) => Iterations(usage).Any(static iteration => Text(iteration, "type") == Advisor && Text(iteration, "model") is null);

    /// <summary>Whether tools ran at the provider that it bills by their time.</summary>
    public static bool HasToolTime(JsonElement usage) => Number(Child(usage, "server_tool_use"), "code_execution_requests") > 0;

    private static bool IsAdvice(JsonElement iteration) => Text(iteration, "type") == Advisor && Text(iteration, "model") is not null;

    private static IEnumerable<JsonElement> Iterations(JsonElement usage) => Child(usage, "iterations") is { ValueKind: JsonValueKind.Array } iterations ? iterations.EnumerateArray() : [];

    private static Usage ReadCounts(JsonElement usage) => UsageConventions.FromAnthropic(
        Number(usage, "input_tokens") ?? 0,
        Number(usage, "output_tokens") ?? 0,
        Number(usage, "cache_read_input_tokens") ?? 0,
        Number(usage, "cache_creation_input_tokens") ?? 0,
        Number(Child(usage, "cache_creation"), "ephemeral_1h_input_tokens") ?? 0,
        Number(Child(usage, "output_tokens_details"), "thinking_tokens") ?? 0);
}
