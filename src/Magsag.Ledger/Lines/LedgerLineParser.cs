using System.Text;
using System.Text.Json;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Records;
using Magsag.Pricing.Listings;

namespace Magsag.Ledger.Lines;

/// <summary>Parses ledger lines. What a later version of the format added is passed over and counted.</summary>
/// <remarks>Not thread-safe: it keeps the texts that repeat themselves from line to line.</remarks>
internal sealed class LedgerLineParser
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SpanPool<string> _texts = new(DecodeText);
    private readonly SpanPool<LedgerTags> _tags = new(ParseTags);
    private readonly RepeatedMembers _repeated = new();
    private RecordFields _fields;
    private UnknownParts _unknown;
    private Guid? _corrects;
    private DateTimeOffset _correctedAt;
    private string? _reason;
    private bool _wasUnknown;

    /// <summary>The record of the line that was parsed last, where it held one.</summary>
    public ref readonly RecordFields Fields => ref _fields;

    /// <summary>Parses a line.</summary>
    /// <exception cref="JsonException">It isn't a ledger line; so say <see cref="FormatException"/> and <see cref="InvalidOperationException"/>, too.</exception>
    public LedgerLine Parse(ReadOnlySpan<byte> line)
    {
        _fields = default;
        _unknown = default;
        (_corrects, _correctedAt, _reason, _wasUnknown) = (null, default, null, false);
        var members = new MemberCursor(line, _repeated);
        ulong found = 0;
        bool isCorrection = false;
        while (members.Read())
        {
            LedgerMember member = members.Member;
            if (member != LedgerMember.Unknown)
            {
                CheckFirst(members, ref found);
            }

            if (member != LedgerMember.Kind)
            {
                ParseMember(member, members.Value);
                continue;
            }

            switch (members.Value.ToText())
            {
                case "correction": isCorrection = true; break;
                case "session": return new LedgerLine(IsRecord: false, ParseSession(ref members), _unknown);
                default: return SkipLine(ref members);
            }
        }

        Check(isCorrection);
        if (_corrects is { } corrected)
        {
            _fields.Outcome = CallOutcome.Correction;
            _fields.Correction = new LedgerCorrection(corrected, _correctedAt, _reason ?? "") { WasUnknown = _wasUnknown };
        }

        return new LedgerLine(IsRecord: true, null, _unknown);
    }

    private void ParseMember(LedgerMember member, in LedgerValue value)
    {
        switch (member)
        {
            case LedgerMember.Unknown: SkipUnknown(); break;
            case LedgerMember.Version: CheckVersion(value.ToInt32()); break;
            case LedgerMember.Id: _fields.Id = value.ToGuid(); break;
            case LedgerMember.Timestamp: _fields.Timestamp = value.ToTime(); break;
            case LedgerMember.RunId: _fields.RunId = Text(member, value); break;
            case LedgerMember.ParentRunId: _fields.ParentRunId = Text(member, value); break;
            case LedgerMember.CallId: _fields.CallId = value.ToText(); break;
            case LedgerMember.Agent: _fields.Agent = Text(member, value); break;
            case LedgerMember.Customer: _fields.Customer = Text(member, value); break;
            case LedgerMember.BillingTier: _fields.BillingTier = Text(member, value); break;
            case LedgerMember.Tags: _fields.Tags = Tags(value); break;
            case LedgerMember.Provider: _fields.Provider = Text(member, value); break;
            case LedgerMember.Model: _fields.Model = Text(member, value); break;
            case LedgerMember.RequestedModel: _fields.RequestedModel = Text(member, value); break;
            case LedgerMember.Operation: _fields.Operation = Text(member, value); break;
            case LedgerMember.Outcome: _fields.Outcome = Outcome(value); break;
            case LedgerMember.UsageSource: _fields.UsageSource = Source(value); break;
            case LedgerMember.UsageIssue: _fields.UsageIssue = Text(member, value); break;
            case LedgerMember.CostUsd: _fields.CostUsd = value.ToDecimal(); break;
            case LedgerMember.CostBound: _fields.IsLowerBound = IsLowerBound(value); break;
            case LedgerMember.AvoidedUsd: _fields.AvoidedUsd = value.ToDecimal(); break;
            case LedgerMember.PriceId: _fields.PriceId = Text(member, value); break;
            case LedgerMember.Batch: _fields.Batch = value.ToBoolean(); break;
            case LedgerMember.Replayed: _fields.Replayed = value.ToBoolean(); break;
            case LedgerMember.ServiceTier: _fields.ServiceTier = Text(member, value); break;
            case LedgerMember.Region: _fields.Region = Text(member, value); break;
            case LedgerMember.Duration: _fields.DurationMilliseconds = value.ToDouble(); break;
            case LedgerMember.Test: _fields.Test = Text(member, value); break;
            case LedgerMember.Site: _fields.Site = Text(member, value); break;
            case LedgerMember.MemberName: _fields.Member = Text(member, value); break;
            case LedgerMember.Module: _fields.Module = value.ToGuid(); break;
            case LedgerMember.Experiment: _fields.Experiment = Text(member, value); break;
            case LedgerMember.Variant: _fields.Variant = Text(member, value); break;
            case LedgerMember.Quality: _fields.Quality = value.ToDouble(); break;
            case LedgerMember.Corrects: _corrects = value.ToGuid(); break;
            case LedgerMember.CorrectedAt: _correctedAt = value.ToTime(); break;
            case LedgerMember.Reason: _reason = value.ToText(); break;
            case LedgerMember.WasUnknown: _wasUnknown = value.ToBoolean(); break;
            default: ParseCount(UsageCount.All[member - LedgerMember.FirstCount], value); break;
        }
    }

    private void Check(bool isCorrection)
    {
        if (!FigureBounds.IsCredible(_fields.Timestamp))
        {
            throw new JsonException("A record needs 'ts', the time of the call, from 1970 to 2999.");
        }

        if (isCorrection != _corrects.HasValue || (isCorrection && _fields.CostUsd is null))
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

    private static void CheckFirst(in MemberCursor members, ref ulong found)
    {
        ulong bit = 1UL << (int)members.Member;
        if ((found & bit) != 0)
        {
            throw new JsonException($"The member '{DecodeUtf8(members.Name)}' stands twice in the line.");
        }

        found |= bit;
    }

    private string? Text(LedgerMember member, in LedgerValue value)
    {
        if (!value.IsText)
        {
            return value.ToText();
        }

        return value.IsRepeated ? (string?)_repeated.Value(member) : Decoded(_texts, member, value);
    }

    private LedgerTags? Tags(in LedgerValue value)
    {
        if (value.IsNull)
        {
            return null;
        }

        return value.IsRepeated ? (LedgerTags?)_repeated.Value(LedgerMember.Tags) : Decoded(_tags, LedgerMember.Tags, value);
    }

    private T Decoded<T>(SpanPool<T> pool, LedgerMember member, in LedgerValue value)
        where T : class
    {
        T decoded = pool.Get(value.Json, out byte[]? kept);
        if (kept is not null)
        {
            _repeated.Keep(member, kept, decoded);
        }

        return decoded;
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

    private CallOutcome Outcome(in LedgerValue value)
    {
        if (LedgerWords.Outcome(Text(LedgerMember.Outcome, value)) is { } outcome)
        {
            return outcome;
        }

        _unknown = _unknown with { Words = _unknown.Words + 1 };
        return CallOutcome.Ok;
    }

    private UsageSource Source(in LedgerValue value)
    {
        if (LedgerWords.Source(Text(LedgerMember.UsageSource, value)) is { } source)
        {
            return source;
        }

        _unknown = _unknown with { Words = _unknown.Words + 1 };
        return UsageSource.Unknown;
    }

    // Of another bound, as of a word that isn't known, the cost isn't plain money.
    private bool IsLowerBound(in LedgerValue value)
    {
        string? word = Text(LedgerMember.CostBound, value);
        _unknown = word is null or LedgerWords.LowerBound ? _unknown : _unknown with { Words = _unknown.Words + 1 };
        return word is not null;
    }

    private void ParseCount(UsageCount count, in LedgerValue value)
    {
        if ((int)count.Unit < RateUnits.Columns)
        {
            _fields.Counts[count.Unit] = Count(value);
            return;
        }

        decimal amount = value.ToDecimal();
        _fields.Extras = count.Admits(amount)
            ? UsageExtras.Of((_fields.Extras?.Counts ?? default).With(count.Unit, amount))
            : throw new JsonException(FormattableString.Invariant($"'{count.Name}' is {amount}; expected {(count.IsWhole ? "a whole number" : "a number")} of 0 or more and below {RecordLimits.Count:#,##0}."));
    }

    private static long Count(in LedgerValue value)
    {
        long count = value.ToInt64();
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

    private LedgerSession ParseSession(ref MemberCursor members)
    {
        Guid id = _fields.Id;
        DateTimeOffset timestamp = _fields.Timestamp;
        string? assembly = null, framework = null, testRun = null;
        Guid? host = null;
        bool countsCalls = false;
        var modules = new Dictionary<string, Guid>(StringComparer.Ordinal);
        while (members.Read())
        {
            ReadOnlySpan<byte> name = members.Name;
            LedgerValue value = members.Value;
            if (name.SequenceEqual("v"u8)) CheckVersion(value.ToInt32());
            else if (name.SequenceEqual("id"u8)) id = value.ToGuid();
            else if (name.SequenceEqual("ts"u8)) timestamp = value.ToTime();
            else if (name.SequenceEqual("assembly"u8)) assembly = value.ToText();
            else if (name.SequenceEqual("framework"u8)) framework = value.ToText();
            else if (name.SequenceEqual("counts_calls"u8)) countsCalls = value.ToBoolean();
            else if (name.SequenceEqual("test_run"u8)) testRun = value.ToText();
            else if (name.SequenceEqual("host"u8)) host = value.ToGuid();
            else if (name.SequenceEqual("modules"u8)) ParseModules(value, modules);
            else SkipUnknown();
        }

        return new LedgerSession { Id = id, Timestamp = timestamp, Assembly = assembly, Framework = framework, CountsCalls = countsCalls, TestRun = testRun, Host = host, Modules = modules };
    }

    private static void ParseModules(in LedgerValue value, Dictionary<string, Guid> modules)
    {
        Utf8JsonReader reader = value.Read();
        while (ReadMember(ref reader))
        {
            string name = reader.GetString()!;
            reader.Read();
            modules[name] = reader.GetGuid();
        }
    }

    // What members of an unknown kind mean isn't known, even where their names are.
    private static LedgerLine SkipLine(ref MemberCursor members)
    {
        while (members.Read())
        {
        }

        return new LedgerLine(IsRecord: false, null, new UnknownParts(Lines: 1, 0, 0, 0));
    }

    private void SkipUnknown() => _unknown = _unknown with { Members = _unknown.Members + 1 };

    private static bool ReadMember(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            throw new JsonException("The line breaks off.");
        }

        return reader.TokenType == JsonTokenType.PropertyName;
    }

    // A JSON string with its quotes.
    private static string DecodeText(ReadOnlySpan<byte> json)
    {
        var value = new LedgerValue(json);
        return value.IsEscaped ? value.ToText()! : DecodeUtf8(json.Slice(1, json.Length - 2));
    }

    private static string DecodeUtf8(ReadOnlySpan<byte> text)
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
