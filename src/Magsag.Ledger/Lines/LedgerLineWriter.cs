using System.Buffers;
using System.Text.Json;
using Magsag.Ledger.Files;
using Magsag.Ledger.Records;

namespace Magsag.Ledger.Lines;

/// <summary>Writes ledger lines: one JSON object in UTF-8 and a line feed, unknown members left out.</summary>
/// <remarks>
/// Not thread-safe: one writer per ledger file, used by the one thread that appends to it. A line that can't be written leaves nothing behind.
/// Records are written by hand, because a general JSON writer takes longer for a line than the operating system does.
/// </remarks>
internal sealed class LedgerLineWriter
{
    /// <summary>The version of the ledger format that this type writes.</summary>
    public const int FormatVersion = 1;

    // All names, numbers, ids and times together.
    private const int MostBytesBesideTexts = 2048;

    private readonly IBufferWriter<byte> _output;

    /// <summary>Makes a writer that appends lines to <paramref name="output"/>.</summary>
    public LedgerLineWriter(IBufferWriter<byte> output) => _output = output;

    /// <summary>Appends one record as a line. Values that can't be right are left out, and <c>usage_issue</c> says so: the line can be read again whatever is in the record.</summary>
    public void Write(LedgerRecord record)
    {
        record = RecordNormalizer.Normalize(record);
        var line = new LineCursor(_output.GetSpan(MostBytesOf(record)));
        WriteAttribution(ref line, record);
        WriteUsage(ref line, record);
        WriteOrigin(ref line, record);
        line.Raw("}\n"u8);
        _output.Advance(line.Length);
    }

    /// <summary>Appends the session line that a ledger file begins with.</summary>
    public void Write(LedgerSession session)
    {
        using (var json = new Utf8JsonWriter(_output))
        {
            json.WriteStartObject();
            json.WriteNumber("v"u8, FormatVersion);
            json.WriteString("kind"u8, "session"u8);
            json.WriteString("id"u8, session.Id);
            json.WriteString("ts"u8, session.Timestamp.UtcDateTime);
            json.WriteKnown("assembly"u8, session.Assembly);
            json.WriteKnown("framework"u8, session.Framework);
            if (session.CountsCalls)
            {
                json.WriteBoolean("counts_calls"u8, true);
            }

            json.WriteKnown("test_run"u8, session.TestRun);
            if (session.Host is { } host)
            {
                json.WriteString("host"u8, host);
            }

            WriteModules(json, session.Modules);
            json.WriteEndObject();
        }

        _output.Write("\n"u8);
    }

    private static void WriteAttribution(ref LineCursor line, LedgerRecord record)
    {
        line.Raw("{\"v\":1"u8);
        if (record.Correction is not null)
        {
            line.Raw(",\"kind\":\"correction\""u8);
        }

        line.Id(",\"id\":\""u8, record.Id);
        line.Time(",\"ts\":\""u8, record.Timestamp.UtcDateTime);
        line.Text(",\"run_id\":\""u8, record.RunId);
        line.Text(",\"parent_run_id\":\""u8, record.ParentRunId);
        line.Text(",\"call_id\":\""u8, record.CallId);
        line.Text(",\"agent\":\""u8, record.Agent);
        line.Text(",\"customer\":\""u8, record.Customer);
        line.Text(",\"billing_tier\":\""u8, record.BillingTier);
        WriteTags(ref line, record.Tags);
    }

    private static void WriteUsage(ref LineCursor line, LedgerRecord record)
    {
        line.Text(",\"provider\":\""u8, record.Provider);
        line.Text(",\"model\":\""u8, record.Model);
        line.Text(",\"requested_model\":\""u8, record.RequestedModel);
        line.Text(",\"operation\":\""u8, record.Operation);
        if (record.Correction is null)
        {
            line.Word(",\"outcome\":\""u8, LedgerWords.WordFor(record.Outcome));
        }

        foreach (UsageCount count in UsageCount.Columns)
        {
            line.Number(count.MemberBytes, record.Fields.Counts[count.Unit]);
        }

        WriteExtras(ref line, record.Extras);
        line.Word(",\"usage_source\":\""u8, LedgerWords.WordFor(record.UsageSource));
        line.Text(",\"usage_issue\":\""u8, record.UsageIssue);
        line.Money(",\"cost_usd\":"u8, record.CostUsd);
        if (record.IsLowerBound)
        {
            line.Raw(",\"cost_bound\":\"lower\""u8);
        }

        line.Money(",\"avoided_usd\":"u8, record.AvoidedUsd);
        line.Text(",\"price_id\":\""u8, record.PriceId);
        if (record.Batch)
        {
            line.Raw(",\"batch\":true"u8);
        }

        if (record.Replayed)
        {
            line.Raw(",\"replayed\":true"u8);
        }

        line.Text(",\"service_tier\":\""u8, record.ServiceTier);
        line.Text(",\"region\":\""u8, record.Region);
    }

    private static void WriteExtras(ref LineCursor line, UsageExtras? extras)
    {
        if (extras is null)
        {
            return;
        }

        foreach (UsageCount extra in UsageCount.Extras)
        {
            decimal amount = extras.Counts.AmountOf(extra.Unit);
            line.Money(extra.MemberBytes, amount == 0m ? null : amount);
        }
    }

    private static void WriteOrigin(ref LineCursor line, LedgerRecord record)
    {
        line.Measure(",\"duration_ms\":"u8, record.DurationMilliseconds);
        line.Text(",\"test\":\""u8, record.Test);
        line.Text(",\"site\":\""u8, record.Site);
        line.Text(",\"member\":\""u8, record.Member);
        if (record.Module is { } module)
        {
            line.Id(",\"module\":\""u8, module);
        }

        line.Text(",\"experiment\":\""u8, record.Experiment);
        line.Text(",\"variant\":\""u8, record.Variant);
        line.Measure(",\"quality\":"u8, record.Quality);
        WriteCorrection(ref line, record.Correction);
    }

    private static void WriteCorrection(ref LineCursor line, LedgerCorrection? correction)
    {
        if (correction is null)
        {
            return;
        }

        line.Id(",\"corrects\":\""u8, correction.Corrects);
        line.Time(",\"corrected_at\":\""u8, correction.CorrectedAt.UtcDateTime);
        line.Text(",\"reason\":\""u8, correction.Reason ?? "");
        if (correction.WasUnknown)
        {
            line.Raw(",\"was_unknown\":true"u8);
        }
    }

    private static void WriteTags(ref LineCursor line, IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null || tags.Count == 0)
        {
            return;
        }

        line.Raw(",\"tags\":{"u8);
        bool first = true;
        foreach (KeyValuePair<string, string> tag in tags)
        {
            line.Text(first ? "\""u8 : ",\""u8, tag.Key);
            line.Text(":\""u8, tag.Value ?? "");
            first = false;
        }

        line.Raw("}"u8);
    }

    private static int MostBytesOf(LedgerRecord record)
    {
        TextLengths lengths = default;
        record.Fields.VisitTexts(ref lengths);
        int characters = lengths.Sum;
        if (record.Tags is { } tags)
        {
            const int Punctuation = 6;
            foreach (KeyValuePair<string, string> tag in tags)
            {
                characters += LengthOf(tag.Key) + LengthOf(tag.Value) + Punctuation;
            }
        }

        return MostBytesBesideTexts + checked(characters * LedgerText.MostBytesPerCharacter);
    }

    private static int LengthOf(string? text) => text?.Length ?? 0;

    private static void WriteModules(Utf8JsonWriter json, IReadOnlyDictionary<string, Guid> modules)
    {
        if (modules.Count == 0)
        {
            return;
        }

        json.WriteStartObject("modules"u8);
        foreach (KeyValuePair<string, Guid> module in modules.OrderBy(static m => m.Key, StringComparer.Ordinal))
        {
            json.WriteString(module.Key, module.Value);
        }

        json.WriteEndObject();
    }
}
