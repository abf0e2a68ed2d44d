using System.Text.Json;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Files;
using Magsag.Ledger.Records;

namespace Magsag.Ledger.Summaries;

/// <summary>The JSON members of totals, in summaries and baselines alike; counts of zero that say nothing are left out.</summary>
internal static class TotalsJson
{
    public static void Write(Utf8JsonWriter json, TokenTotals totals)
    {
        json.WriteNumber("calls"u8, totals.Calls);
        WriteUnlessZero(json, "unmetered_calls"u8, totals.UnmeteredCalls);
        WriteUnlessZero(json, "unpriced_calls"u8, totals.UnpricedCalls);
        WriteUnlessZero(json, "unpriced_tokens"u8, totals.UnpricedTokens);
        WriteUnlessZero(json, "estimated_calls"u8, totals.EstimatedCalls);
        json.WriteNumber("input_tokens"u8, totals.InputTokens);
        WriteUnlessZero(json, "cached_input_tokens"u8, totals.CachedInputTokens);
        WriteUnlessZero(json, "cache_write_tokens"u8, totals.CacheWriteTokens);
        WriteUnlessZero(json, "cache_write_1h_tokens"u8, totals.CacheWriteOneHourTokens);
        json.WriteNumber("output_tokens"u8, totals.OutputTokens);
        WriteUnlessZero(json, "reasoning_tokens"u8, totals.ReasoningTokens);
        WriteExtras(json, totals.Extras);
        json.WriteUsd("cost_usd"u8, totals.CostUsd);
    }

    /// <summary>Takes the member that the reader stands on when it is one of totals.</summary>
    public static bool TryRead(LocatedJsonReader json, string member, ref TokenTotals totals)
    {
        switch (member)
        {
            case "calls": totals = totals with { Calls = json.ReadCount() }; return true;
            case "unmetered_calls": totals = totals with { UnmeteredCalls = json.ReadCount() }; return true;
            case "unpriced_calls": totals = totals with { UnpricedCalls = json.ReadCount() }; return true;
            case "unpriced_tokens": totals = totals with { UnpricedTokens = json.ReadCount() }; return true;
            case "estimated_calls": totals = totals with { EstimatedCalls = json.ReadCount() }; return true;
            case "input_tokens": totals = totals with { InputTokens = json.ReadCount() }; return true;
            case "cached_input_tokens": totals = totals with { CachedInputTokens = json.ReadCount() }; return true;
            case "cache_write_tokens": totals = totals with { CacheWriteTokens = json.ReadCount() }; return true;
            case "cache_write_1h_tokens": totals = totals with { CacheWriteOneHourTokens = json.ReadCount() }; return true;
            case "output_tokens": totals = totals with { OutputTokens = json.ReadCount() }; return true;
            case "reasoning_tokens": totals = totals with { ReasoningTokens = json.ReadCount() }; return true;
            case "cost_usd" or "total_cost_usd": totals = totals with { CostUsd = json.ReadAmount() }; return true;
            default: return TryReadExtra(json, member, ref totals);
        }
    }

    /// <summary>Writes the counts beside text that aren't 0.</summary>
    public static void WriteExtras(Utf8JsonWriter json, UsageExtras? extras)
    {
        foreach (UsageExtra extra in extras is null ? [] : UsageExtra.All)
        {
            decimal count = extra.Of(extras!.Counts);
            if (count != 0m)
            {
                json.WriteNumber(extra.NameBytes, ExactMoney.WithoutTrailingZeros(count));
            }
        }
    }

    private static bool TryReadExtra(LocatedJsonReader json, string member, ref TokenTotals totals)
    {
        if (UsageExtra.All.FirstOrDefault(extra => extra.Name == member) is not { } extra)
        {
            return false;
        }

        decimal count = extra.IsWhole ? json.ReadCount() : json.ReadMeasure();
        totals = totals with { Extras = UsageExtras.Of(extra.With(totals.Extras?.Counts ?? default, count)) };
        return true;
    }

    private static void WriteUnlessZero(Utf8JsonWriter json, ReadOnlySpan<byte> name, long count)
    {
        if (count != 0)
        {
            json.WriteNumber(name, count);
        }
    }
}
