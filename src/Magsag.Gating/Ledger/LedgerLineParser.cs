using System.Text;
using System.Text.Json;
using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>Parses ledger lines. What a later version of the format added is passed over and counted.</summary>
/// <remarks>Not thread-safe: it keeps the texts that repeat themselves from line to line.</remarks>
internal sealed class LedgerLineParser
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SpanPool<string> _texts = new(DecodeText);
    private readonly SpanPool<LedgerTags> _tags = new(ParseTags);
    private RecordFields _fields;
    private UnknownParts _unknown;

    /// <summary>Parses a line.</summary>
    /// <exception cref="JsonException">It isn't a ledger line; so say <see cref="FormatException"/> and <see cref="InvalidOperationException"/>, too.</exception>
    public LedgerLine Parse(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The line isn't a JSON object.");
        }

        _unknown = default;
        LedgerLine parsed = ParseMembers(ref reader, line);

        // Throws when anything follows the object: two lines that ran together would lose a record in silence.
        reader.Read();
        return parsed;
    }

    private LedgerLine ParseMembers(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        _fields = default;
        ulong found = 0;
        bool isCorrection = false;
        while (ReadMember(ref reader))
        {
            LedgerMember member = MemberOf(ref reader);
            if (member != LedgerMember.Unknown)
            {
                CheckFirst(member, ref found, ref reader);
            }

            reader.Read();
            if (member != LedgerMember.Kind)
            {
                ParseMember(member, ref reader, line);
                continue;
            }

            switch (reader.GetString())
            {
                case "correction": isCorrection = true; break;
                case "session": return new LedgerLine(null, ParseSession(ref reader), _unknown);
                default: return SkipLine(ref reader);
            }
        }

        Check(isCorrection);
        return new LedgerLine(_fields.ToRecord(), null, _unknown);
    }

    private void ParseMember(LedgerMember member, ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        switch (member)
        {
            case LedgerMember.Unknown: SkipUnknown(ref reader); break;
            case LedgerMember.Version: CheckVersion(reader.GetInt32()); break;
            case LedgerMember.Id: _fields.Id = reader.GetGuid(); break;
            case LedgerMember.Timestamp: _fields.Timestamp = reader.GetDateTimeOffset(); break;
            case LedgerMember.RunId: _fields.RunId = Text(ref reader); break;
            case LedgerMember.ParentRunId: _fields.ParentRunId = Text(ref reader); break;
            case LedgerMember.CallId: _fields.CallId = reader.GetString(); break;
            case LedgerMember.Agent: _fields.Agent = Text(ref reader); break;
            case LedgerMember.Customer: _fields.Customer = Text(ref reader); break;
            case LedgerMember.BillingTier: _fields.BillingTier = Text(ref reader); break;
            case LedgerMember.Tags: _fields.Tags = Tags(ref reader, line); break;
            case LedgerMember.Provider: _fields.Provider = Text(ref reader); break;
            case LedgerMember.Model: _fields.Model = Text(ref reader); break;
            case LedgerMember.RequestedModel: _fields.RequestedModel = Text(ref reader); break;
            case LedgerMember.Operation: _fields.Operation = Text(ref reader); break;
            case LedgerMember.Outcome: _fields.Outcome = Outcome(ref reader); break;
            case LedgerMember.InputTokens: _fields.InputTokens = Count(ref reader); break;
            case LedgerMember.CachedInputTokens: _fields.CachedInputTokens = Count(ref reader); break;
            case LedgerMember.CacheWriteTokens: _fields.CacheWriteTokens = Count(ref reader); break;
            case LedgerMember.CacheWriteOneHourTokens: _fields.CacheWriteOneHourTokens = Count(ref reader); break;
            case LedgerMember.OutputTokens: _fields.OutputTokens = Count(ref reader); break;
            case LedgerMember.ReasoningTokens: _fields.ReasoningTokens = Count(ref reader); break;
            case LedgerMember.UsageSource: _fields.UsageSource = Source(ref reader); break;
            case LedgerMember.UsageIssue: _fields.UsageIssue = Text(ref reader); break;
            case LedgerMember.CostUsd: _fields.CostUsd = reader.GetDecimal(); break;
            case LedgerMember.AvoidedUsd: _fields.AvoidedUsd = reader.GetDecimal(); break;
            case LedgerMember.PriceId: _fields.PriceId = Text(ref reader); break;
            case LedgerMember.Batch: _fields.Batch = reader.GetBoolean(); break;
            case LedgerMember.ServiceTier: _fields.ServiceTier = Text(ref reader); break;
            case LedgerMember.Region: _fields.Region = Text(ref reader); break;
            case LedgerMember.Duration: _fields.Duration = reader.GetDouble(); break;
            case LedgerMember.Test: _fields.Test = Text(ref reader); break;
            case LedgerMember.Site: _fields.Site = Text(ref reader); break;
            case LedgerMember.MemberName: _fields.Member = Text(ref reader); break;
            case LedgerMember.Module: _fields.Module = reader.GetGuid(); break;
            case LedgerMember.Experiment: _fields.Experiment = Text(ref reader); break;
            case LedgerMember.Variant: _fields.Variant = Text(ref reader); break;
            case LedgerMember.Quality: _fields.Quality = reader.GetDouble(); break;
            case LedgerMember.Corrects: _fields.Corrects = reader.GetGuid(); break;
            case LedgerMember.CorrectedAt: _fields.CorrectedAt = reader.GetDateTimeOffset(); break;
            case LedgerMember.Reason: _fields.Reason = reader.GetString(); break;
            case LedgerMember.WasUnknown: _fields.WasUnknown = reader.GetBoolean(); break;
            default: ParseExtra(UsageExtra.All[member - LedgerMember.FirstExtra], ref reader); break;
        }
    }

    private void Check(bool isCorrection)
    {
        if (!FigureBounds.IsCredible(_fields.Timestamp))
        {
            throw new JsonException("A record needs 'ts', the time of the call, from 1970 to 2999.");
        }

        if (isCorrection != _fields.Corrects.HasValue || (isCorrection && _fields.CostUsd is null))
        {
            throw new JsonException("A correction needs \"kind\":\"correction\", 'corrects', the id of the corrected record, and 'cost_usd', what is added to its cost.");
        }

        CheckMoney(isCorrection && _fields.CostUsd < 0m ? -_fields.CostUsd : _fields.CostUsd, "cost_usd");
        CheckMoney(_fields.AvoidedUsd, "avoided_usd");
    }

    private static void CheckMoney(decimal? usd, string name)
    {
        if (usd is { } amount && amount is < 0m or >= RecordLimits.Usd)
        {
            throw new JsonException(FormattableString.Invariant($"'{name}' is {amount}; expected an amount of money, 0 or more and below {RecordLimits.Usd:#,##0} US dollars for one call."));
        }
    }

    private static void CheckFirst(LedgerMember member, ref ulong found, ref Utf8JsonReader reader)
    {
        ulong bit = 1UL << (int)member;
        if ((found & bit) != 0)
        {
            throw new JsonException($"The member '{reader.GetString()}' stands twice in the line.");
        }

        found |= bit;
    }

    private static LedgerMember MemberOf(ref Utf8JsonReader reader) =>
        LedgerMembers.Of(reader.ValueIsEscaped ? Utf8.GetBytes(reader.GetString()!) : reader.ValueSpan);

    private string? Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped ? _texts.Get(reader.ValueSpan) : reader.GetString();

    private LedgerTags? Tags(ref Utf8JsonReader reader, ReadOnlySpan<byte> line)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return _tags.Get(line.Slice(start, (int)reader.BytesConsumed - start));
    }

    private static LedgerTags ParseTags(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("'tags' isn't a JSON object.");
        }

        LedgerTags tags = [];
        while (ReadMember(ref reader))
        {
            string name = reader.GetString()!;
            reader.Read();
            if (tags.ContainsKey(name))
            {
                throw new JsonException($"The tag '{name}' stands twice in the line.");
            }

            tags.Add(name, reader.GetString() ?? "");
        }

        return tags;
    }

    private CallOutcome Outcome(ref Utf8JsonReader reader)
    {
        if (LedgerWords.Outcome(Text(ref reader)) is { } outcome)
        {
            return outcome;
        }

        _unknown = _unknown with { Words = _unknown.Words + 1 };
        return CallOutcome.Ok;
    }

    private UsageSource Source(ref Utf8JsonReader reader)
    {
        if (LedgerWords.Source(Text(ref reader)) is { } source)
        {
            return source;
        }

        _unknown = _unknown with { Words = _unknown.Words + 1 };
        return UsageSource.Unknown;
    }

    private void ParseExtra(UsageExtra extra, ref Utf8JsonReader reader)
    {
        decimal count = reader.GetDecimal();
        _fields.Extras = extra.Admits(count)
            ? extra.With(_fields.Extras, count)
            : throw new JsonException(FormattableString.Invariant($"'{extra.Name}' is {count}; expected {(extra.IsWhole ? "a whole number" : "a number")} of 0 or more and below {RecordLimits.Count:#,##0}."));
    }

    private static long Count(ref Utf8JsonReader reader)
    {
        long count = reader.GetInt64();
        return count is >= 0 and < RecordLimits.Count ? count : throw new JsonException(FormattableString.Invariant($"A token count is {count}; expected a whole number of 0 or more and below {RecordLimits.Count:#,##0}."));
    }

    private void CheckVersion(int version)
    {
        if (version < LedgerLineWriter.FormatVersion)
        {
            throw new JsonException($"The line is of format version {version}; expected {LedgerLineWriter.FormatVersion} or later.");
        }

        _unknown = _unknown with { LaterLines = version > LedgerLineWriter.FormatVersion ? 1 : 0 };
    }

    private LedgerSession ParseSession(ref Utf8JsonReader reader)
    {
        Guid id = _fields.Id;
        DateTimeOffset timestamp = _fields.Timestamp;
        string? assembly = null, framework = null;
        bool countsCalls = false;
        var modules = new Dictionary<string, Guid>(StringComparer.Ordinal);
        while (ReadMember(ref reader))
        {
            if (Is(ref reader, "v"u8)) CheckVersion(reader.GetInt32());
            else if (Is(ref reader, "id"u8)) id = reader.GetGuid();
            else if (Is(ref reader, "ts"u8)) timestamp = reader.GetDateTimeOffset();
            else if (Is(ref reader, "assembly"u8)) assembly = reader.GetString();
            else if (Is(ref reader, "framework"u8)) framework = reader.GetString();
            else if (Is(ref reader, "counts_calls"u8)) countsCalls = reader.GetBoolean();
            else if (Is(ref reader, "modules"u8)) ParseModules(ref reader, modules);
            else SkipUnknownMember(ref reader);
        }

        return new LedgerSession { Id = id, Timestamp = timestamp, Assembly = assembly, Framework = framework, CountsCalls = countsCalls, Modules = modules };
    }

    private static void ParseModules(ref Utf8JsonReader reader, Dictionary<string, Guid> modules)
    {
        while (ReadMember(ref reader))
        {
            string name = reader.GetString()!;
            reader.Read();
            modules[name] = reader.GetGuid();
        }
    }

    // What members of an unknown kind mean isn't known, even where their names are.
    private LedgerLine SkipLine(ref Utf8JsonReader reader)
    {
        while (ReadMember(ref reader))
        {
            reader.Read();
            reader.Skip();
        }

        return new LedgerLine(null, null, new UnknownParts(Lines: 1, 0, 0, 0));
    }

    private void SkipUnknownMember(ref Utf8JsonReader reader)
    {
        reader.Read();
        SkipUnknown(ref reader);
    }

    private void SkipUnknown(ref Utf8JsonReader reader)
    {
        reader.Skip();
        _unknown = _unknown with { Members = _unknown.Members + 1 };
    }

    private static bool ReadMember(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            throw new JsonException("The line breaks off.");
        }

        return reader.TokenType == JsonTokenType.PropertyName;
    }

    // On a match the reader moves on to the member's value.
    private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    private static string DecodeText(ReadOnlySpan<byte> text)
    {
        try
        {
#if NET
            return Utf8.GetString(text);
#else
            return Utf8.GetString(text.ToArray());
#endif
        }
        catch (DecoderFallbackException error)
        {
            throw new JsonException("A text isn't UTF-8.", error);
        }
    }
}
