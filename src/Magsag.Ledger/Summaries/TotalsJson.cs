using System.Text.Json;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Files;
using Magsag.Ledger.Records;
using Magsag.Pricing.Tokens;

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
        WriteUnlessZero(json, "lower_bound_calls"u8, totals.LowerBoundCalls);
        WriteUnlessZero(json, "estimated_calls"u8, totals.EstimatedCalls);
        WriteCounts(json, totals.Usage, static count => count.IsTotal);
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
            case "lower_bound_calls": totals = totals with { LowerBoundCalls = json.ReadCount() }; return true;
            case "estimated_calls": totals = totals with { EstimatedCalls = json.ReadCount() }; return true;
            case "cost_usd" or "total_cost_usd": totals = totals with { CostUsd = json.ReadAmount() }; return true;
            default: return TryReadCount(json, member, ref totals);
        }
    }

    /// <summary>Writes the counts that aren't 0, and those that are written always.</summary>
    public static void WriteCounts(Utf8JsonWriter json, in Usage usage, Func<UsageCount, bool> isAlwaysWritten)
    {
        foreach (UsageCount count in UsageCount.All)
        {
            decimal amount = usage.AmountOf(count.Unit);
            if (amount != 0m || isAlwaysWritten(count))
            {
                json.WriteNumber(count.NameBytes, ExactMoney.WithoutTrailingZeros(amount));
            }
        }
    }

    private static bool TryReadCount(LocatedJsonReader json, string member, ref TokenTotals totals)
    {
        if (UsageCount.Find(member) is not { } count)
        {
            return false;
        }

        totals = totals with { Usage = totals.Usage.With(count.Unit, count.IsWhole ? json.ReadCount() : json.ReadMeasure()) };
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
