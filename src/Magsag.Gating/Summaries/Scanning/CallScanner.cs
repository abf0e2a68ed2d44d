using System.Text;

namespace Magsag.Gating;

/// <summary>Reads what a summary needs from ledger lines as Magsag writes them, many times faster than the parser that reads any.</summary>
/// <remarks>
/// It accepts a part of what <see cref="LedgerLineParser"/> accepts, and understands that part alike. Lines that it refuses go to the parser:
/// escapes, exponents, counts beside text, other kinds, other versions, mistakes. A member added to the format needs nothing here unless a summary adds it up.
/// </remarks>
internal sealed class CallScanner(SymbolTable symbols)
{
    private readonly int _chat = symbols.Of("chat"u8);

    public bool TryScan(ReadOnlySpan<byte> line, out ScannedCall call)
    {
        call = ScannedCall.Empty;
        call.Operation = _chat;
        try
        {
            return TryScanMembers(line, ref call) && call.UtcTicks != 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private bool TryScanMembers(ReadOnlySpan<byte> line, ref ScannedCall call)
    {
        var text = new LineText(line);
        if (!text.TryTake((byte)'{'))
        {
            return false;
        }

        do
        {
            if (!text.TryPlainText(out ReadOnlySpan<byte> name) || !text.TryTake((byte)':') || !TryScanMember(name, ref text, ref call))
            {
                return false;
            }
        }
        while (text.TryTake((byte)','));

        return text.TryTake((byte)'}') && text.AtEnd;
    }

    private bool TryScanMember(ReadOnlySpan<byte> name, ref LineText text, ref ScannedCall call)
    {
        switch (name.Length)
        {
            case 1 when name[0] == 'v': return text.TryCount(out long version) && version == LedgerLineWriter.FormatVersion;
            case 2 when name.SequenceEqual("id"u8): return text.TryId();
            case 2 when name.SequenceEqual("ts"u8): return text.TryTime(out call.UtcTicks);
            case 4 when name.SequenceEqual("test"u8): return TrySymbol(ref text, out call.Test);
            case 4 when name.SequenceEqual("site"u8): return TrySymbol(ref text, out call.Site);
            case 4 when name.SequenceEqual("tags"u8): return TryTags(ref text, out call.Tags);
            case 4 when name.SequenceEqual("kind"u8): return false;
            case 5 when name.SequenceEqual("agent"u8): return TrySymbol(ref text, out call.Agent);
            case 5 when name.SequenceEqual("model"u8): return TrySymbol(ref text, out call.Model);
            case 5 when name.SequenceEqual("batch"u8): return TryFlag(ref text, out call.Batch);
            case 6 when name.SequenceEqual("run_id"u8): return TrySymbol(ref text, out call.RunId);
            case 6 when name.SequenceEqual("region"u8): return TrySymbol(ref text, out call.Region);
            case 6 when name.SequenceEqual("member"u8): return TrySymbol(ref text, out call.Member);
            case 6 when name.SequenceEqual("module"u8): return text.TryId();
            case 7 when name.SequenceEqual("outcome"u8): return TryOutcome(ref text, out call.Outcome);
            case 7 when name.SequenceEqual("quality"u8): return text.TryMoney(out _);
            case 7 when name.SequenceEqual("call_id"u8): return text.TryPlainText(out _);
            case 7 when name.SequenceEqual("variant"u8): return text.TryPlainText(out _);
            case 8 when name.SequenceEqual("cost_usd"u8): return TryCost(ref text, ref call);
            case 8 when name.SequenceEqual("corrects"u8): return false;
            case 8 when name.SequenceEqual("customer"u8): return TrySymbol(ref text, out call.Customer);
            case 8 when name.SequenceEqual("provider"u8): return TrySymbol(ref text, out call.Provider);
            case 8 when name.SequenceEqual("price_id"u8): return text.TryPlainText(out _);
            case 9 when name.SequenceEqual("operation"u8): return TrySymbol(ref text, out call.Operation);
            case 10 when name.SequenceEqual("experiment"u8): return text.TryPlainText(out _);
            case 11 when name.SequenceEqual("duration_ms"u8): return text.TryMoney(out _);
            case 11 when name.SequenceEqual("avoided_usd"u8): return text.TryMoney(out _);
            case 11 when name.SequenceEqual("usage_issue"u8): return text.TryPlainText(out _);
            case 12 when name.SequenceEqual("input_tokens"u8): return text.TryCount(out call.InputTokens);
            case 12 when name.SequenceEqual("usage_source"u8): return TrySource(ref text, out call.UsageSource);
            case 12 when name.SequenceEqual("service_tier"u8): return TrySymbol(ref text, out call.ServiceTier);
            case 12 when name.SequenceEqual("billing_tier"u8): return TrySymbol(ref text, out call.BillingTier);
            case 13 when name.SequenceEqual("output_tokens"u8): return text.TryCount(out call.OutputTokens);
            case 13 when name.SequenceEqual("parent_run_id"u8): return text.TryPlainText(out _);
            case 15 when name.SequenceEqual("requested_model"u8): return TrySymbol(ref text, out call.RequestedModel);
            case 16 when name.SequenceEqual("reasoning_tokens"u8): return text.TryCount(out call.ReasoningTokens);
            case 18 when name.SequenceEqual("cache_write_tokens"u8): return text.TryCount(out call.CacheWriteTokens);
            case 19 when name.SequenceEqual("cached_input_tokens"u8): return text.TryCount(out call.CachedInputTokens);
            case 21 when name.SequenceEqual("cache_write_1h_tokens"u8): return text.TryCount(out call.CacheWriteOneHourTokens);
            default: return !UsageExtra.IsNamed(name) && text.TrySkip();
        }
    }

    private bool TrySymbol(ref LineText text, out int symbol)
    {
        bool found = text.TryText(out ReadOnlySpan<byte> value);
        symbol = found ? symbols.Of(value) : SymbolTable.None;
        return found;
    }

    private static bool TryCost(ref LineText text, ref ScannedCall call)
    {
        bool found = text.TryMoney(out decimal cost);
        call.CostUsd = cost;
        return found;
    }

    private static bool TryFlag(ref LineText text, out bool flag)
    {
        flag = text.TryTake("true"u8);
        return flag || text.TryTake("false"u8);
    }

    private static bool TryOutcome(ref LineText text, out CallOutcome outcome)
    {
        outcome = CallOutcome.Ok;
        if (text.TryTake("\"ok\""u8))
        {
            return true;
        }

        if (text.TryTake("\"error\""u8))
        {
            outcome = CallOutcome.Error;
            return true;
        }

        if (text.TryTake("\"cancelled\""u8))
        {
            outcome = CallOutcome.Cancelled;
            return true;
        }

        outcome = CallOutcome.CacheHit;
        return text.TryTake("\"cache_hit\""u8);
    }

    private static bool TrySource(ref LineText text, out UsageSource source)
    {
        source = UsageSource.Reported;
        if (text.TryTake("\"reported\""u8))
        {
            return true;
        }

        source = UsageSource.Counted;
        if (text.TryTake("\"counted\""u8))
        {
            return true;
        }

        source = UsageSource.Unknown;
        return text.TryTake("\"unknown\""u8);
    }

    // The tags as they stand in the line are one symbol: they are only taken apart once for all lines that have the same.
    private bool TryTags(ref LineText text, out int symbol)
    {
        int start = text.At;
        bool found = TryTags(ref text);
        symbol = found ? symbols.Of(text.Since(start)) : SymbolTable.None;
        return found;
    }

    private static bool TryTags(ref LineText text)
    {
        if (!text.TryTake((byte)'{'))
        {
            return false;
        }

        if (text.TryTake((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!text.TryPlainText(out _) || !text.TryTake((byte)':') || !text.TryPlainText(out _))
            {
                return false;
            }
        }
        while (text.TryTake((byte)','));

        return text.TryTake((byte)'}');
    }
}
