using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Magsag.Gating;

/// <summary>Writes ledger lines: one JSON object in UTF-8 and a line feed, unknown members left out.</summary>
/// <remarks>Not thread-safe: one writer per ledger file, used by the one thread that appends to it.</remarks>
public sealed class LedgerLineWriter
{
    /// <summary>The version of the ledger format that this type writes.</summary>
    public const int FormatVersion = 1;

    // Model output never reaches the ledger and nobody embeds it in HTML, so letters of every script may stay readable.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IBufferWriter<byte> _output;
    private readonly Utf8JsonWriter _json;

    /// <summary>Makes a writer that appends lines to <paramref name="output"/>.</summary>
    public LedgerLineWriter(IBufferWriter<byte> output)
    {
        _output = output;
        _json = new Utf8JsonWriter(output, Options);
    }

    /// <summary>Appends one record as a line.</summary>
    public void Write(LedgerRecord record)
    {
        _json.WriteStartObject();
        _json.WriteNumber("v"u8, FormatVersion);
        _json.WriteString("id"u8, record.Id);
        _json.WriteString("ts"u8, record.Timestamp.UtcDateTime);
        WriteString("run_id"u8, record.RunId);
        WriteString("parent_run_id"u8, record.ParentRunId);
        WriteString("call_id"u8, record.CallId);
        WriteString("agent"u8, record.Agent);
        WriteString("customer"u8, record.Customer);
        WriteString("billing_tier"u8, record.BillingTier);
        WriteTags(record.Tags);
        WriteString("provider"u8, record.Provider);
        WriteString("model"u8, record.Model);
        WriteString("requested_model"u8, record.RequestedModel);
        _json.WriteString("operation"u8, record.Operation);
        _json.WriteString("outcome"u8, LedgerWords.Of(record.Outcome));
        WriteNumber("input_tokens"u8, record.InputTokens);
        WriteNumber("cached_input_tokens"u8, record.CachedInputTokens);
        WriteNumber("cache_write_tokens"u8, record.CacheWriteTokens);
        WriteNumber("cache_write_1h_tokens"u8, record.CacheWriteOneHourTokens);
        WriteNumber("output_tokens"u8, record.OutputTokens);
        WriteNumber("reasoning_tokens"u8, record.ReasoningTokens);
        _json.WriteString("usage_source"u8, LedgerWords.Of(record.UsageSource));
        if (record.CostUsd is { } cost)
        {
            _json.WriteNumber("cost_usd"u8, ExactMoney.WithoutTrailingZeros(cost));
        }

        WriteString("price_id"u8, record.PriceId);
        if (record.Batch)
        {
            _json.WriteBoolean("batch"u8, true);
        }

        WriteString("service_tier"u8, record.ServiceTier);
        WriteNumber("duration_ms"u8, record.DurationMilliseconds);
        WriteString("test"u8, record.Test);
        WriteString("site"u8, record.Site);
        WriteString("member"u8, record.Member);
        if (record.Module is { } module)
        {
            _json.WriteString("module"u8, module);
        }

        WriteString("experiment"u8, record.Experiment);
        WriteString("variant"u8, record.Variant);
        WriteNumber("quality"u8, record.Quality);
        EndLine();
    }

    /// <summary>Appends the session line that a ledger file begins with.</summary>
    public void Write(LedgerSession session)
    {
        _json.WriteStartObject();
        _json.WriteNumber("v"u8, FormatVersion);
        _json.WriteString("kind"u8, "session"u8);
        _json.WriteString("id"u8, session.Id);
        _json.WriteString("ts"u8, session.Timestamp.UtcDateTime);
        WriteString("assembly"u8, session.Assembly);
        WriteString("framework"u8, session.Framework);
        if (session.Modules.Count > 0)
        {
            _json.WriteStartObject("modules"u8);
            foreach (KeyValuePair<string, Guid> module in session.Modules.OrderBy(static m => m.Key, StringComparer.Ordinal))
            {
                _json.WriteString(module.Key, module.Value);
            }

            _json.WriteEndObject();
        }

        EndLine();
    }

    private void WriteTags(IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null || tags.Count == 0)
        {
            return;
        }

        _json.WriteStartObject("tags"u8);
        foreach (KeyValuePair<string, string> tag in tags)
        {
            _json.WriteString(tag.Key, tag.Value);
        }

        _json.WriteEndObject();
    }

    private void WriteString(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(name, value);
        }
    }

    private void WriteNumber(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
        {
            _json.WriteNumber(name, number);
        }
    }

    private void WriteNumber(ReadOnlySpan<byte> name, double? value)
    {
        // JSON has no NaN and no infinity; a measurement that isn't a number is unknown.
        if (value is { } number && !double.IsNaN(number) && !double.IsInfinity(number))
        {
            _json.WriteNumber(name, number);
        }
    }

    private void EndLine()
    {
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
        Span<byte> end = _output.GetSpan(1);
        end[0] = (byte)'\n';
        _output.Advance(1);
    }
}
