using System.Text.Json;
using Magsag.Pricing;

namespace Magsag.Gating;

/// <summary>Parses one ledger line. Unknown members are passed over, so that an older reader can read a newer minor format.</summary>
internal static class LedgerLineParser
{
    public static LedgerLine Parse(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The line isn't a JSON object.");
        }

        LedgerLine parsed = KindOf(line) switch
        {
            null => new LedgerLine(ParseRecord(ref reader, isCorrection: false), null),
            "correction" => new LedgerLine(ParseRecord(ref reader, isCorrection: true), null),
            "session" => new LedgerLine(null, ParseSession(ref reader)),
            _ => default,
        };
        if (parsed != default)
        {
            // Throws when anything follows the object: two lines that ran together would lose a record in silence.
            reader.Read();
        }

        return parsed;
    }

    // Only lines other than calls carry a kind, and it is their second member: records pay one comparison for it.
    private static string? KindOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        for (int member = 0; member < 2 && reader.Read() && reader.TokenType == JsonTokenType.PropertyName; member++)
        {
            bool isKind = reader.ValueTextEquals("kind"u8);
            reader.Read();
            if (isKind)
            {
                return reader.GetString();
            }

            reader.Skip();
        }

        return null;
    }

    private static LedgerRecord ParseRecord(ref Utf8JsonReader reader, bool isCorrection)
    {
        Guid id = default;
        Guid? module = null, corrects = null;
        DateTimeOffset timestamp = default, correctedAt = default;
        string? reason = null;
        string? runId = null, parentRunId = null, callId = null, agent = null, customer = null, billingTier = null;
        string? provider = null, model = null, requestedModel = null, operation = null;
        string? priceId = null, serviceTier = null, region = null, test = null, site = null, member = null, experiment = null, variant = null;
        Dictionary<string, string>? tags = null;
        CallOutcome outcome = CallOutcome.Ok;
        UsageSource usageSource = UsageSource.Unknown;
        long? input = null, cached = null, cacheWrite = null, cacheWriteOneHour = null, output = null, reasoning = null;
        Usage extras = default;
        string? usageIssue = null;
        decimal? cost = null, avoided = null;
        bool batch = false, wasUnknown = false;
        double? duration = null, quality = null;

        while (ReadMember(ref reader))
        {
            if (Is(ref reader, "v"u8)) CheckVersion(reader.GetInt32());
            else if (Is(ref reader, "id"u8)) id = reader.GetGuid();
            else if (Is(ref reader, "ts"u8)) timestamp = reader.GetDateTimeOffset();
            else if (Is(ref reader, "run_id"u8)) runId = reader.GetString();
            else if (Is(ref reader, "agent"u8)) agent = reader.GetString();
            else if (Is(ref reader, "customer"u8)) customer = reader.GetString();
            else if (Is(ref reader, "billing_tier"u8)) billingTier = reader.GetString();
            else if (Is(ref reader, "provider"u8)) provider = reader.GetString();
            else if (Is(ref reader, "model"u8)) model = reader.GetString();
            else if (Is(ref reader, "requested_model"u8)) requestedModel = reader.GetString();
            else if (Is(ref reader, "operation"u8)) operation = reader.GetString();
            else if (Is(ref reader, "outcome"u8)) outcome = LedgerWords.Outcome(reader.GetString());
            else if (Is(ref reader, "input_tokens"u8)) input = Count(ref reader);
            else if (Is(ref reader, "cached_input_tokens"u8)) cached = Count(ref reader);
            else if (Is(ref reader, "cache_write_tokens"u8)) cacheWrite = Count(ref reader);
            else if (Is(ref reader, "cache_write_1h_tokens"u8)) cacheWriteOneHour = Count(ref reader);
            else if (Is(ref reader, "output_tokens"u8)) output = Count(ref reader);
            else if (Is(ref reader, "reasoning_tokens"u8)) reasoning = Count(ref reader);
            else if (Is(ref reader, "usage_source"u8)) usageSource = LedgerWords.Source(reader.GetString());
            else if (Is(ref reader, "usage_issue"u8)) usageIssue = reader.GetString();
            else if (Is(ref reader, "cost_usd"u8)) cost = isCorrection ? reader.GetDecimal() : Money(ref reader, "cost_usd");
            else if (Is(ref reader, "avoided_usd"u8)) avoided = Money(ref reader, "avoided_usd");
            else if (Is(ref reader, "price_id"u8)) priceId = reader.GetString();
            else if (Is(ref reader, "batch"u8)) batch = reader.GetBoolean();
            else if (Is(ref reader, "service_tier"u8)) serviceTier = reader.GetString();
            else if (Is(ref reader, "region"u8)) region = reader.GetString();
            else if (Is(ref reader, "duration_ms"u8)) duration = reader.GetDouble();
            else if (Is(ref reader, "test"u8)) test = reader.GetString();
            else if (Is(ref reader, "site"u8)) site = reader.GetString();
            else if (Is(ref reader, "member"u8)) member = reader.GetString();
            else if (Is(ref reader, "module"u8)) module = reader.GetGuid();
            else if (Is(ref reader, "parent_run_id"u8)) parentRunId = reader.GetString();
            else if (Is(ref reader, "call_id"u8)) callId = reader.GetString();
            else if (Is(ref reader, "tags"u8)) tags = ParseTexts(ref reader);
            else if (Is(ref reader, "experiment"u8)) experiment = reader.GetString();
            else if (Is(ref reader, "variant"u8)) variant = reader.GetString();
            else if (Is(ref reader, "quality"u8)) quality = reader.GetDouble();
            else if (Is(ref reader, "corrects"u8)) corrects = reader.GetGuid();
            else if (Is(ref reader, "corrected_at"u8)) correctedAt = reader.GetDateTimeOffset();
            else if (Is(ref reader, "reason"u8)) reason = reader.GetString();
            else if (Is(ref reader, "was_unknown"u8)) wasUnknown = reader.GetBoolean();
            else if (!TryReadExtra(ref reader, ref extras)) SkipMember(ref reader);
        }

        if (timestamp == default)
        {
            throw new JsonException("A record needs 'ts', the time of the call.");
        }

        if (isCorrection != corrects.HasValue || (isCorrection && cost is null))
        {
            throw new JsonException("A correction needs 'kind' as its second member, 'corrects', the id of the corrected record, and 'cost_usd', what is added to its cost.");
        }

        return new LedgerRecord
        {
            Id = id,
            Timestamp = timestamp,
            RunId = runId,
            ParentRunId = parentRunId,
            CallId = callId,
            Agent = agent,
            Customer = customer,
            BillingTier = billingTier,
            Tags = tags,
            Provider = provider,
            Model = model,
            RequestedModel = requestedModel,
            Operation = operation ?? "chat",
            Outcome = isCorrection ? CallOutcome.Correction : outcome,
            InputTokens = input,
            CachedInputTokens = cached,
            CacheWriteTokens = cacheWrite,
            CacheWriteOneHourTokens = cacheWriteOneHour,
            OutputTokens = output,
            ReasoningTokens = reasoning,
            Extras = UsageExtras.Of(extras),
            UsageSource = usageSource,
            UsageIssue = usageIssue,
            CostUsd = cost,
            AvoidedUsd = avoided,
            PriceId = priceId,
            Batch = batch,
            ServiceTier = serviceTier,
            Region = region,
            DurationMilliseconds = duration,
            Test = test,
            Site = site,
            Member = member,
            Module = module,
            Experiment = experiment,
            Variant = variant,
            Quality = quality,
            Correction = corrects is { } corrected ? new LedgerCorrection(corrected, correctedAt, reason ?? "") { WasUnknown = wasUnknown } : null,
        };
    }

    private static LedgerSession ParseSession(ref Utf8JsonReader reader)
    {
        Guid id = default;
        DateTimeOffset timestamp = default;
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
            else SkipMember(ref reader);
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

    private static Dictionary<string, string> ParseTexts(ref Utf8JsonReader reader)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        while (ReadMember(ref reader))
        {
            string name = reader.GetString()!;
            reader.Read();
            texts[name] = reader.GetString() ?? "";
        }

        return texts;
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

    private static void SkipMember(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static bool TryReadExtra(ref Utf8JsonReader reader, ref Usage extras)
    {
        foreach (UsageExtra extra in UsageExtra.All)
        {
            if (Is(ref reader, extra.NameBytes))
            {
                decimal count = reader.GetDecimal();
                extras = extra.Admits(count)
                    ? extra.With(extras, count)
                    : throw new JsonException(FormattableString.Invariant($"'{extra.Name}' is {count}; expected {(extra.IsWhole ? "a whole number" : "a number")} of 0 or more."));
                return true;
            }
        }

        return false;
    }

    private static decimal Money(ref Utf8JsonReader reader, string name)
    {
        decimal amount = reader.GetDecimal();
        return amount >= 0m ? amount : throw new JsonException(FormattableString.Invariant($"'{name}' is {amount}; expected an amount of money, 0 or more."));
    }

    private static long Count(ref Utf8JsonReader reader)
    {
        long count = reader.GetInt64();
        return count >= 0 ? count : throw new JsonException($"A token count of {count} is less than 0.");
    }

    private static void CheckVersion(int version)
    {
        if (version != LedgerLineWriter.FormatVersion)
        {
            throw new JsonException($"The line is of format version {version}; this Magsag reads version {LedgerLineWriter.FormatVersion}.");
        }
    }
}
