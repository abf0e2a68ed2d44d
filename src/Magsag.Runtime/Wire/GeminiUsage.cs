using System.Text.Json;
using Magsag.Ledger.Files;
using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Wire;

/// <summary>Reads Gemini's <c>usageMetadata</c>, whose details list tokens by modality.</summary>
internal static class GeminiUsage
{
    public static Usage? Read(JsonElement usage)
    {
        // Gemini leaves out what is 0, but never both counts of a call that used something.
        long? prompt = JsonMembers.Number(usage, "promptTokenCount");
        long? candidates = JsonMembers.Number(usage, "candidatesTokenCount");
        if (prompt is null && candidates is null)
        {
            return null;
        }

        Usage counts = UsageConventions.FromGemini(
            prompt ?? 0,
            candidates ?? 0,
            JsonMembers.Number(usage, "cachedContentTokenCount") ?? 0,
            JsonMembers.Number(usage, "thoughtsTokenCount") ?? 0,
            JsonMembers.Number(usage, "toolUsePromptTokenCount") ?? 0);
        return counts with
        {
            InputAudioTokens = Sum(usage, "AUDIO", "promptTokensDetails", "toolUsePromptTokensDetails"),
            InputImageTokens = Sum(usage, "IMAGE", "promptTokensDetails", "toolUsePromptTokensDetails") + Sum(usage, "DOCUMENT", "promptTokensDetails", "toolUsePromptTokensDetails"),
            InputVideoTokens = Sum(usage, "VIDEO", "promptTokensDetails", "toolUsePromptTokensDetails"),
            CachedInputAudioTokens = Sum(usage, "AUDIO", "cacheTokensDetails"),
            CachedInputImageTokens = Sum(usage, "IMAGE", "cacheTokensDetails") + Sum(usage, "DOCUMENT", "cacheTokensDetails"),
            OutputAudioTokens = Sum(usage, "AUDIO", "candidatesTokensDetails"),
            OutputImageTokens = Sum(usage, "IMAGE", "candidatesTokensDetails") + Sum(usage, "DOCUMENT", "candidatesTokensDetails"),
            OutputVideoTokens = Sum(usage, "VIDEO", "candidatesTokensDetails"),
        };
    }

    private static long Sum(JsonElement usage, string modality, params string[] lists)
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
