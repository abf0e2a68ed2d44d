using System.Buffers;
using System.Text;
using Magsag.Pricing.Tokens;

namespace Magsag.Gating.Tests;

public sealed class LedgerReaderTests : IDisposable
{
    private const string Line = """{"v":1,"id":"0193f4a0-0000-7000-8000-000000000001","ts":"2026-11-23T18:00:00Z","operation":"chat","outcome":"ok","usage_source":"reported","input_tokens":7,"cost_usd":0.0035}""";

    private static readonly Usage AllExtras = new()
    {
        InputAudioTokens = 11,
        CachedInputAudioTokens = 10,
        InputImageTokens = 9,
        CachedInputImageTokens = 8,
        InputVideoTokens = 7,
        CitationTokens = 6,
        OutputAudioTokens = 5,
        OutputImageTokens = 4,
        OutputVideoTokens = 3,
        WebSearches = 2,
        AudioSeconds = 1.5m,
    };

    private readonly LedgerFileFixture _ledger = new();

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Every_member_of_a_record_survives_writing_and_reading()
    {
        var record = new LedgerRecord
        {
            Id = Guid.Parse("0193f4a0-0000-7000-8000-0000000000ff"),
            Timestamp = new DateTimeOffset(2026, 11, 23, 18, 0, 0, 123, TimeSpan.Zero),
            RunId = "run-1",
            ParentRunId = "run-0",
            CallId = "call-1",
            Agent = "triage",
            Customer = "Ärzte ÷ Söhne",
            BillingTier = "enterprise",
            Tags = new Dictionary<string, string> { ["team"] = "support" },
            Provider = "openai",
            Model = "gpt-4o-mini-2024-07-18",
            RequestedModel = "gpt-4o-mini",
            Operation = "chat",
            Outcome = CallOutcome.Cancelled,
            InputTokens = 1000,
            CachedInputTokens = 100,
            CacheWriteTokens = 50,
            CacheWriteOneHourTokens = 20,
            OutputTokens = 30,
            ReasoningTokens = 10,
            Extras = UsageExtras.Of(AllExtras),
            UsageSource = UsageSource.Counted,
            UsageIssue = "total_mismatch",
            CostUsd = 0.000162m,
            AvoidedUsd = 0.5m,
            PriceId = "openai/gpt-4o-mini@2024-07-18",
            Batch = true,
            ServiceTier = "flex",
            Region = "eu",
            DurationMilliseconds = 12.5,
            Test = "Tests.A",
            Site = "src/Triage.cs:42",
            Member = "SupportDesk.Triage.ClassifyAsync",
            Module = Guid.Parse("11111111-2222-3333-4444-555555555555"),
            Experiment = "cheaper",
            Variant = "b",
            Quality = 0.9,
        };
        WriteWithWriter(writer => writer.Write(record));

        LedgerRecord read = Assert.Single(_ledger.ReadAll());

        Assert.Equal(record.Tags, read.Tags);
        Assert.Equal(record with { Tags = null }, read with { Tags = null });
    }

    [Fact]
    public void What_is_unknown_stays_unknown()
    {
        WriteWithWriter(writer => writer.Write(new LedgerRecord { Timestamp = DateTimeOffset.UnixEpoch }));

        LedgerRecord read = Assert.Single(_ledger.ReadAll());

        Assert.Null(read.InputTokens);
        Assert.Null(read.CostUsd);
        Assert.Equal(UsageSource.Unknown, read.UsageSource);
    }

    [Fact]
    public void The_session_line_tells_which_binaries_the_records_belong_to()
    {
        var module = Guid.Parse("11111111-2222-3333-4444-555555555555");
        WriteWithWriter(writer => writer.Write(new LedgerSession { Id = Guid.NewGuid(), Timestamp = DateTimeOffset.UnixEpoch, Assembly = "Desk.Tests", Framework = "net10.0", Modules = new Dictionary<string, Guid> { ["Desk"] = module } }));
        _ledger.Append(Line + "\n");

        using var reader = new LedgerReader(_ledger.Path);
        Assert.True(reader.TryRead(out _));

        Assert.Equal("Desk.Tests", reader.Session!.Assembly);
        Assert.Equal(module, reader.Session.Modules["Desk"]);
    }

    [Theory]
    [InlineData("""{"v":1,"id":"0193f4a0""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","outcome":"ok","input_tokens":12""")]
    [InlineData("{")]
    public void A_last_line_that_breaks_off_is_skipped_and_counted(string torn)
    {
        _ledger.Write(Line);
        _ledger.Append(torn);

        using var reader = new LedgerReader(_ledger.Path);

        Assert.Single(reader.ReadToEnd());
        Assert.Equal(1, reader.TornLines);
    }

    [Fact]
    public void A_last_line_that_only_misses_its_line_feed_counts()
    {
        _ledger.Append(Line);

        using var reader = new LedgerReader(_ledger.Path);

        Assert.Single(reader.ReadToEnd());
        Assert.Equal(0, reader.TornLines);
    }

    [Theory]
    [InlineData("not json", "not json")]
    [InlineData("""{"v":0,"ts":"2026-11-23T18:00:00Z"}""", "version 0")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","input_tokens":-1}""", "A token count is -1; expected a whole number of 0 or more")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","input_tokens":9223372036854775807}""", "A token count is 9223372036854775807; expected a whole number of 0 or more and below 1,000,000,000,000")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","cost_usd":-0.5}""", "'cost_usd' is -0.5; expected an amount of money, 0 or more")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","cost_usd":79228162514264337593543950335}""", "below 1,000,000 US dollars for one call")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","cost_usd":1e999}""", "Expected a ledger line")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","agent":"\ud800"}""", "Expected a ledger line")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","tags":{"a":"\udc00"}}""", "Expected a ledger line")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","cost_usd":0.5,"agent":"a","cost_usd":999}""", "The member 'cost_usd' stands twice in the line")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","tags":{"a":"1","a":"2"}}""", "The tag 'a' stands twice in the line")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","cost\u005fusd":0.5,"cost_usd":999}""", "The member 'cost_usd' stands twice in the line")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","tags":7}""", "'tags' isn't a JSON object")]
    [InlineData("\0\0\0\0", "found 4 zero bytes")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","web_searches":1.5}""", "'web_searches' is 1.5; expected a whole number of 0 or more")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z"}{"v":1}""", "invalid after a single JSON value")]
    [InlineData("""{"v":1,"outcome":"ok"}""", "'ts'")]
    [InlineData("[]", "isn't a JSON object")]
    [InlineData("""{"v":1,"kind":"correction","ts":"2026-11-23T18:00:00Z","cost_usd":-0.5}""", "'corrects', the id of the corrected record")]
    [InlineData("""{"v":1,"kind":"correction","ts":"2026-11-23T18:00:00Z","corrects":"01a20a34-f34c-7937-901d-057c3d7b73dc"}""", "'cost_usd', what is added to its cost")]
    [InlineData("""{"v":1,"ts":"2026-11-23T18:00:00Z","cost_usd":0.5,"corrects":"01a20a34-f34c-7937-901d-057c3d7b73dc"}""", "needs \"kind\":\"correction\"")]
    public void A_broken_line_in_the_middle_is_an_error_with_file_and_line(string broken, string says)
    {
        _ledger.Write(Line, broken, Line);

        var error = Assert.Throws<UnreadableInputException>(() => _ledger.ReadAll());

        Assert.Equal(_ledger.Path, error.File);
        Assert.Equal(2, error.Line);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_later_version_added_is_passed_over_and_counted()
    {
        _ledger.Write(
            """{"v":1,"kind":"session","ts":"2026-11-23T18:00:00Z","assembly":"Desk","calls":7}""",
            """{"v":1,"kind":"note","cost_usd":{"eur":1},"text":"x"}""",
            """{"v":2,"ts":"2026-11-23T18:00:00Z","new_member":{"a":[1,2]},"outcome":"paused","usage_source":"guessed","cost_usd":0.5}""");
        using var reader = new LedgerReader(_ledger.Path);

        LedgerRecord record = Assert.Single(reader.ReadToEnd());

        Assert.Equal((0.5m, CallOutcome.Ok, UsageSource.Unknown), (record.CostUsd, record.Outcome, record.UsageSource));
        Assert.Equal(new UnknownParts(Lines: 1, LaterLines: 1, Members: 2, Words: 2), reader.Unknown);
        Assert.Equal(1, reader.UnknownLines);
        Assert.Equal("1 line and 2 members and 2 words and 1 line of a later format that only a later Magsag knows passed over", reader.Unknown.ToString());
    }

    [Fact]
    public void Lines_that_end_in_carriage_returns_alone_are_an_error()
    {
        _ledger.Append(Line + "\r" + Line + "\r");

        var error = Assert.Throws<UnreadableInputException>(_ledger.ReadAll);

        Assert.Equal(1, error.Line);
        Assert.Contains("Its lines end in carriage returns; end them in line feeds", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_zeros_is_an_error()
    {
        _ledger.Append(new string('\0', 100_000));

        var error = Assert.Throws<UnreadableInputException>(_ledger.ReadAll);

        Assert.Contains("found 100000 zero bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"v":1,"ts":"2026""")]
    public void Zeros_that_a_crash_left_behind_the_last_line_are_a_torn_line(string begun)
    {
        _ledger.Append(Line + "\n" + begun + new string('\0', 4096));
        using var reader = new LedgerReader(_ledger.Path);

        Assert.Single(reader.ReadToEnd());
        Assert.Equal(1, reader.TornLines);
    }

    [Fact]
    public void A_kind_may_stand_anywhere_in_its_line()
    {
        _ledger.Write(
            """{"v":1,"ts":"2026-11-23T18:00:00Z","id":"0193f4a0-0000-7000-8000-000000000002","kind":"session","assembly":"Desk.Tests"}""",
            """{"v":1,"ts":"2026-11-23T18:00:00Z","cost_usd":-0.5,"corrects":"01a20a34-f34c-7937-901d-057c3d7b73dc","kind":"correction"}""");

        Assert.Equal("Desk.Tests", LedgerReader.ReadSession(_ledger.Path)?.Assembly);
        Assert.Equal(CallOutcome.Correction, Assert.Single(_ledger.ReadAll()).Outcome);
    }

    [Fact]
    public void A_line_without_end_is_an_error_and_does_not_fill_the_memory()
    {
        using (FileStream file = File.Create(_ledger.Path))
        {
            file.SetLength(65L * 1024 * 1024);
        }

        Assert.Contains("more than 32 MB", Assert.Throws<UnreadableInputException>(_ledger.ReadAll).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_longer_than_the_buffer_is_read_whole()
    {
        string longName = new('x', 200_000);
        _ledger.Write(Line, $$"""{"v":1,"ts":"2026-11-23T18:00:00Z","outcome":"ok","agent":"{{longName}}"}""", Line);

        List<LedgerRecord> records = _ledger.ReadAll();

        Assert.Equal(3, records.Count);
        Assert.Equal(longName, records[1].Agent);
    }

    [Fact]
    public void Blank_lines_and_carriage_returns_do_no_harm()
    {
        _ledger.Append(Line + "\r\n\r\n" + Line + "\r\n");

        Assert.Equal(2, _ledger.ReadAll().Count);
    }

    [Fact]
    public void A_byte_order_mark_at_the_beginning_is_passed_over_and_counts_for_where_reading_goes_on()
    {
        _ledger.Write("\uFEFF" + Line);
        using var first = new LedgerReader(_ledger.Path);
        Assert.Single(first.ReadToEnd());
        _ledger.Append(Line + "\n");

        using var second = new LedgerReader(_ledger.Path, first.Position);

        Assert.Equal((1, 2), (second.ReadToEnd().Count(), second.LineNumber));
    }

    [Fact]
    public void A_byte_order_mark_further_on_is_an_error()
    {
        _ledger.Write(Line, "\uFEFF" + Line);

        Assert.Equal(2, Assert.Throws<UnreadableInputException>(_ledger.ReadAll).Line);
    }

    [Fact]
    public void A_session_is_found_behind_a_byte_order_mark()
    {
        _ledger.Write("\uFEFF" + """{"v":1,"kind":"session","id":"0193f4a0-0000-7000-8000-000000000002","ts":"2026-11-23T18:00:00Z","assembly":"Desk.Tests"}""");

        Assert.Equal("Desk.Tests", LedgerReader.ReadSession(_ledger.Path)?.Assembly);
    }

    [Fact]
    public void A_missing_ledger_is_an_error_that_names_it()
    {
        var error = Assert.Throws<UnreadableInputException>(() => new LedgerReader(_ledger.Path));

        Assert.Equal(_ledger.Path, error.File);
    }

    private void WriteWithWriter(Action<LedgerLineWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        write(new LedgerLineWriter(buffer));
        _ledger.Append(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
