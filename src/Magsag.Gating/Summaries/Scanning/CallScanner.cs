using System.Text;

namespace Magsag.Gating;

/// <summary>Reads what a summary needs from ledger lines as Magsag writes them, many times faster than the parser that reads any.</summary>
/// <remarks>
/// It accepts a part of what <see cref="LedgerLineParser"/> accepts, and understands that part alike. Lines that it refuses go to the parser:
/// escapes, exponents, counts beside text, corrections, other kinds, other versions, mistakes. A member added to the format needs nothing here unless a summary adds it up.
/// It is fast because it expects a line to resemble the lines before it: the same members in the same order, most of them with the same value,
/// so that a comparison tells what they mean.
/// </remarks>
internal sealed class CallScanner(SymbolTable symbols)
{
    private readonly int _chat = symbols.Of("chat"u8);
    private readonly List<ScannedMember> _members = [];
    private readonly ScannedMember _start = new(LedgerMember.Unknown, []);

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

        ScannedMember before = _start;
        do
        {
            ScannedMember? member = before.Next;
            if (member is { Text.IsEmpty: false } && text.TryTake(member.Text))
            {
                Set(member.Kind, member.Value, ref call);
            }
            else if ((member = NameAt(ref text, member)) is null || !TryValue(member, ref text, ref call))
            {
                return false;
            }

            before = before.Next = member;
        }
        while (text.TryTake((byte)','));

        return text.TryTake((byte)'}') && text.AtEnd;
    }

    private ScannedMember? NameAt(ref LineText text, ScannedMember? expected)
    {
        if (expected is not null && text.TryTake(expected.Name))
        {
            return expected;
        }

        return text.TryPlainText(out ReadOnlySpan<byte> name) && text.TryTake((byte)':') ? MemberOf(name) : null;
    }

    private ScannedMember MemberOf(ReadOnlySpan<byte> name)
    {
        foreach (ScannedMember member in _members)
        {
            if (member.IsNamed(name))
            {
                return member;
            }
        }

        var added = new ScannedMember(LedgerMembers.Of(name), name);
        if (added.Kind != LedgerMember.Unknown)
        {
            // There is no end of names that aren't known; those live as long as a line like the last is expected.
            _members.Add(added);
        }

        return added;
    }

    private bool TryValue(ScannedMember member, ref LineText text, ref ScannedCall call)
    {
        switch (member.Kind)
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
            default: return TryRepeatedValue(member, ref text, ref call);
        }
    }

    private bool TryRepeatedValue(ScannedMember member, ref LineText text, ref ScannedCall call)
    {
        int start = text.At;
        if (!TryRepeatedValue(member.Kind, ref text, out int value))
        {
            return false;
        }

        member.Remember(text.Since(start - member.Name.Length), value);
        Set(member.Kind, value, ref call);
        return true;
    }

    private bool TryRepeatedValue(LedgerMember kind, ref LineText text, out int value)
    {
        value = 0;
        return kind switch
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

    private static void Set(LedgerMember kind, int value, ref ScannedCall call)
    {
        switch (kind)
        {
            case LedgerMember.RunId: call.RunId = value; break;
            case LedgerMember.Agent: call.Agent = value; break;
            case LedgerMember.Customer: call.Customer = value; break;
            case LedgerMember.BillingTier: call.BillingTier = value; break;
            case LedgerMember.Tags: call.Tags = value; break;
            case LedgerMember.Provider: call.Provider = value; break;
            case LedgerMember.Model: call.Model = value; break;
            case LedgerMember.RequestedModel: call.RequestedModel = value; break;
            case LedgerMember.Operation: call.Operation = value; break;
            case LedgerMember.ServiceTier: call.ServiceTier = value; break;
            case LedgerMember.Region: call.Region = value; break;
            case LedgerMember.Test: call.Test = value; break;
            case LedgerMember.Site: call.Site = value; break;
            case LedgerMember.MemberName: call.Member = value; break;
            case LedgerMember.Outcome: call.Outcome = (CallOutcome)value; break;
            case LedgerMember.UsageSource: call.UsageSource = (UsageSource)value; break;
            case LedgerMember.Batch: call.Batch = value != 0; break;
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
