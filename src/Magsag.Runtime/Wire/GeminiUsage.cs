using System.Text.Json;
using Magsag.Ledger.Files;
using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Wire;

/// <summary>Reads Gemini's <c>usageMetadata</c>, whose details list tokens by modality.</summary>
/// <remarks>The Live API calls the output <c>responseTokenCount</c> (https://ai.google.dev/api/live#UsageMetadata).</remarks>
internal static class GeminiUsage
{
    private static readonly string[] Inputs = ["promptTokensDetails", "toolUsePromptTokensDetails"];
    private static readonly string[] Cached = ["cacheTokensDetails"];
    private static readonly string[] Outputs = ["candidatesTokensDetails", "responseTokensDetails"];

    public static StatedUsage? Read(JsonElement usage)
    {
        // Gemini leaves out what is 0, but never both counts of a call that used something.
        long? prompt = JsonMembers.Number(usage, "promptTokenCount");
        long? candidates = JsonMembers.Number(usage, "candidatesTokenCount") ?? JsonMembers.Number(usage, "responseTokenCount");
        if (prompt is null && candidates is null)
        {
            return null;
        }

        Usage counts = UsageConventions.FromGemini(
            prompt ?? 0,
            candidates ?? 0,
            JsonMembers.Number(usage, "cachedContentTokenCount") ?? 0,
            JsonMembers.Number(usage, "thoughtsTokenCount") ?? 0,
            JsonMembers.Number(usage, "toolUsePromptTokenCount") ?? 0) with
        {
            InputAudioTokens = Sum(usage, "AUDIO", Inputs),
            InputImageTokens = Sum(usage, "IMAGE", Inputs) + Sum(usage, "DOCUMENT", Inputs),
            InputVideoTokens = Sum(usage, "VIDEO", Inputs),
            CachedInputAudioTokens = Sum(usage, "AUDIO", Cached),
            CachedInputImageTokens = Sum(usage, "IMAGE", Cached) + Sum(usage, "DOCUMENT", Cached),
            OutputAudioTokens = Sum(usage, "AUDIO", Outputs),
            OutputImageTokens = Sum(usage, "IMAGE", Outputs) + Sum(usage, "DOCUMENT", Outputs),
            OutputVideoTokens = Sum(usage, "VIDEO", Outputs),
        };
        return new StatedUsage(counts, JsonMembers.Number(usage, "totalTokenCount"), IsReasoningAdded: true);
    }

    private static long Sum(JsonElement usage, string modality, string[] lists)
    {
        long sum = 0;
        foreach (string list in lists)
        {
            if (JsonMembers.Child(usage, list) is { ValueKind: JsonValueKind.Array } details)
            {
                sum += details.EnumerateArray().Where(detail => JsonMembers.Text(detail, "modality") == modality).Sum(detail => JsonMembers.Number(detail, "tokenCount") ?? 0);
            }
        }

        return sum;
    }
}
