using System.Text.Json;
using static Magsag.Ledger.Files.JsonMembers;

namespace Magsag.Runtime.Wire;

/// <summary>Reads the cost that a provider states beside its usage.</summary>
/// <remarks>
/// Perplexity states an object (https://docs.perplexity.ai/api-reference/chat-completions-post). OpenRouter's <c>cost</c> is what it takes itself:
/// with one's own key (<c>is_byok</c>) the provider bills <c>cost_details.upstream_inference_cost</c> besides
/// (https://openrouter.ai/docs/use-cases/usage-accounting).
/// </remarks>
internal static class StatedCost
{
    /// <summary>The cost in US dollars; null where none is stated.</summary>
    /// <param name="usage">The usage object.</param>
    /// <param name="lacksUpstream">Whether it leaves out what a provider bills on one's own key.</param>
    public static decimal? Read(JsonElement usage, out bool lacksUpstream)
    {
        lacksUpstream = false;
        if (Child(usage, "cost") is not { } cost)
        {
            return null;
        }

        decimal? stated = cost.ValueKind == JsonValueKind.Object ? Amount(cost, "total_cost") : Amount(usage, "cost");
        JsonElement? details = Child(usage, "cost_details");
        decimal? upstream = details is { } known ? Amount(known, "upstream_inference_cost") : null;
        bool isOwnKey = Child(usage, "is_byok") is { } byok ? byok.ValueKind == JsonValueKind.True : stated == 0m && upstream > 0m;
        if (!isOwnKey)
        {
            return stated;
        }

        lacksUpstream = upstream is null;
        return stated.GetValueOrDefault() + upstream.GetValueOrDefault();
    }

    private static decimal? Amount(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDecimal(out decimal amount) ? amount : null;
}
