namespace Magsag.Gating;

/// <summary>Reads the values of members.</summary>
internal sealed class MemberValues(SymbolTable symbols)
{
    /// <summary>Reads a value into a call; false when only the parser can tell what it means.</summary>
    public bool TryRead(LedgerMember member, ref LineText text, ref ScannedCall call)
    {
        switch (member)
        {
            case LedgerMember.Id: return text.TryId();
            case LedgerMember.CallId: return text.TryPlainText(out _);
            case LedgerMember.Time: return text.TryTime(out call.UtcTicks);
            case LedgerMember.CostUsd: return TryCost(ref text, ref call);
            case LedgerMember.AvoidedUsd: return text.TryMoney(out call.AvoidedUsd);
            case LedgerMember.InputTokens: return text.TryCount(out call.InputTokens);
            case LedgerMember.CachedInputTokens: return text.TryCount(out call.CachedInputTokens);
            case LedgerMember.CacheWriteTokens: return text.TryCount(out call.CacheWriteTokens);
            case LedgerMember.CacheWriteOneHourTokens: return text.TryCount(out call.CacheWriteOneHourTokens);
            case LedgerMember.OutputTokens: return text.TryCount(out call.OutputTokens);
            case LedgerMember.ReasoningTokens: return text.TryCount(out call.ReasoningTokens);
            case LedgerMember.OtherNumber: return text.TryMoney(out _);
            case LedgerMember.Unknown: return text.TrySkip();
            case LedgerMember.Unscannable: return false;
            default: return TryRepeated(member, ref text, ref call);
        }
    }

    private bool TryRepeated(LedgerMember member, ref LineText text, ref ScannedCall call)
    {
        if (!TryRepeated(member, ref text, out int value))
        {
            return false;
        }

        call.Set(member, value);
        return true;
    }

    private bool TryRepeated(LedgerMember member, ref LineText text, out int value)
    {
        value = 0;
        return member switch
        {
            LedgerMember.Version => text.TryCount(out long version) && version == LedgerLineWriter.FormatVersion,
            LedgerMember.Outcome => TryOutcome(ref text, out value),
            LedgerMember.UsageSource => TrySource(ref text, out value),
            LedgerMember.Batch => TryFlag(ref text, out value),
            LedgerMember.Tags => TryTags(ref text, out value),
            LedgerMember.Module => text.TryId(),
            LedgerMember.OtherText => text.TryPlainText(out _),
            _ => TrySymbol(ref text, out value),
        };
    }

    private bool TrySymbol(ref LineText text, out int symbol)
    {
        symbol = SymbolTable.None;
        return text.TryText(out ReadOnlySpan<byte> value) && symbols.TryOf(value, out symbol);
    }

    private static bool TryCost(ref LineText text, ref ScannedCall call)
    {
        bool found = text.TryMoney(out decimal cost);
        call.CostUsd = cost;
        return found;
    }

    private static bool TryFlag(ref LineText text, out int flag)
    {
        flag = text.TryTake("true"u8) ? 1 : 0;
        return flag == 1 || text.TryTake("false"u8);
    }

    private static bool TryOutcome(ref LineText text, out int outcome)
    {
        outcome = (int)(text.TryTake("\"ok\""u8) ? CallOutcome.Ok
            : text.TryTake("\"error\""u8) ? CallOutcome.Error
            : text.TryTake("\"cancelled\""u8) ? CallOutcome.Cancelled
            : CallOutcome.CacheHit);
        return outcome != (int)CallOutcome.CacheHit || text.TryTake("\"cache_hit\""u8);
    }

    private static bool TrySource(ref LineText text, out int source)
    {
        source = (int)(text.TryTake("\"reported\""u8) ? UsageSource.Reported
            : text.TryTake("\"counted\""u8) ? UsageSource.Counted
            : UsageSource.Unknown);
        return source != (int)UsageSource.Unknown || text.TryTake("\"unknown\""u8);
    }

    // The tags as they stand in the line are one symbol: they are only taken apart once for all lines that have the same.
    private bool TryTags(ref LineText text, out int symbol)
    {
        int start = text.At;
        symbol = SymbolTable.None;
        return TryTags(ref text) && symbols.TryOf(text.Since(start), out symbol);
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
