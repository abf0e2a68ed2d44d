using System.Buffers;
using System.Text;
using CsCheck;
using Magsag.Pricing.Tokens;

namespace Magsag.Gating.Tests;

/// <summary>Adding up whole files on all cores gives what reading record by record gives.</summary>
public sealed class LedgerSummariesTests
{
    private static readonly string?[] Names =
    [
        null, "triage", "answering", "acme", "", "Überprüfung", "quo\"te", "back\\slash", "日本語", "line\nbreak", "gpt-4o", "gemini-2.5-pro", "run-1", "run-2", "src/Triage.cs:42", "src/Triage.cs", "C:odd:7x",
    ];

    private static readonly byte[] Letters = [.. "\"\\\n{},-0.e \r"u8, 0x00, 0xC3, 0xFF];

    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    private static readonly Gen<string?> Name = Gen.Int[0, Names.Length - 1].Select(static index => Names[index]);

    private static readonly Gen<long?> Count = Gen.Frequency((1, Gen.Const((long?)null)), (4, Gen.Long[0, 300_000].Select(static count => (long?)count)));

    private static readonly Gen<LedgerRecord> Call =
        from texts in Name.Array[19]
        from counts in Count.Array[6]
        from extras in Gen.Frequency((3, Gen.Const(default(Usage))), (1, Gen.Select(Gen.Long[0, 9], Gen.Long[0, 9], static (audio, searches) => new Usage { OutputAudioTokens = audio, WebSearches = searches, AudioSeconds = audio / 2m })))
        from ticks in Gen.Long[0, TimeSpan.TicksPerDay * 3]
        from outcome in Gen.Int[0, (int)CallOutcome.CacheHit].Select(static outcome => (CallOutcome)outcome)
        from source in Gen.Enum<UsageSource>()
        from cost in Gen.Frequency((1, Gen.Const((decimal?)null)), (4, Gen.Long[0, 1_000_000_000].Select(static units => (decimal?)(units / 1_000_000_000_000m))))
        from batch in Gen.Bool
        from duration in Gen.Double[0, 1e6]
        select new LedgerRecord
        {
            Id = Guid.CreateVersion7(),
            Timestamp = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero).AddTicks(ticks),
            RunId = texts[0],
            ParentRunId = texts[1],
            CallId = texts[2],
            Agent = texts[3],
            Customer = texts[4],
            BillingTier = texts[5],
            Provider = texts[6],
            Model = texts[7],
            RequestedModel = texts[8],
            Operation = texts[9] ?? "chat",
            ServiceTier = texts[10],
            Test = texts[11],
            Site = texts[12],
            Member = texts[13],
            PriceId = texts[14],
            Experiment = texts[15],
            Variant = texts[16],
            Tags = texts[17] is { } tag ? new Dictionary<string, string> { ["team"] = tag } : null,
            Outcome = outcome,
            UsageSource = source,
            InputTokens = counts[0],
            CachedInputTokens = counts[1],
            CacheWriteTokens = counts[2],
            CacheWriteOneHourTokens = counts[3],
            OutputTokens = counts[4],
            ReasoningTokens = counts[5],
            Extras = UsageExtras.Of(extras),
            Region = texts[18],
            CostUsd = cost,
            Batch = batch,
            DurationMilliseconds = duration,
            Module = batch ? Guid.NewGuid() : null,
            Quality = batch ? 0.5 : null,
        };

    private static readonly Gen<LedgerRecord> Correction = Gen.Select(Call, Gen.Decimal[-1m, 1m], Gen.Bool, static (call, usd, wasUnknown) => call with
    {
        Outcome = CallOutcome.Correction,
        CostUsd = usd,
        Correction = new LedgerCorrection(call.Id, call.Timestamp, "billed otherwise") { WasUnknown = wasUnknown },
    });

    private static readonly Gen<LedgerRecord> Record = Gen.Frequency((5, Call), (1, Correction));

    [Fact]
    public void Whole_files_add_up_as_their_records_do() =>
        Record.Array[1, 40].Array[1, 3].Sample(files => AssertSame([.. files.Select(LinesOf)]), iter: 200);

    [Fact]
    public void A_byte_order_mark_is_passed_over_where_a_file_begins_and_nowhere_else() =>
        Gen.Select(Record.Array[1, 6].Array[1, 3], Gen.Int[0, 9]).Sample(
            (files, marked) => AssertSame([.. files.Select((records, file) => WithMark(LinesOf(records), marked == 9 ? 0 : marked - file))]),
            iter: 500);

    [Fact]
    public void A_file_of_a_byte_order_mark_alone_has_no_calls() => AssertSame([[.. Mark]]);

    [Fact]
    public void A_part_of_a_byte_order_mark_is_a_line_that_broke_off() => AssertSame([Mark[..2]]);

    [Fact]
    public void Lines_that_resemble_those_before_them_add_up_as_their_records_do() =>
        Gen.Select(Call.Array[1, 3], Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9], Name, Count).Array[1, 60]).Sample(
            (examples, changes) => AssertSame([LinesOf([.. changes.Select(change => Changed(examples[change.Item1 % examples.Length], change.Item2, change.Item3, change.Item4))])]),
            iter: 200);

    [Fact]
    public void Tags_in_another_order_are_the_same_tags() => AssertSame(
    [
        Encoding.UTF8.GetBytes("""
            {"v":1,"ts":"2026-11-23T08:00:00Z","run_id":"r","tags":{"a":"1","b":"2"},"cost_usd":0.25}
            {"v":1,"ts":"2026-11-23T08:00:00Z","run_id":"r","tags":{"b":"2","a":"1"},"cost_usd":0.5}

            """),
    ]);

    [Fact]
    public void Damaged_files_give_the_same_totals_or_the_same_error() =>
        Gen.Select(Record.Array[1, 6], Gen.Int[0, 1_000_000], Gen.Int[0, Letters.Length - 1].Select(static index => Letters[index]))
            .Sample(
                (records, place, letter) =>
                {
                    byte[] content = LinesOf(records);
                    content[place % content.Length] = letter;
                    AssertSame([content]);
                },
                iter: 2000);

    [Fact]
    public void Files_that_break_off_anywhere_give_the_same_totals() =>
        Gen.Select(Record.Array[1, 6], Gen.Int[0, 1_000_000]).Sample((records, place) => AssertSame([LinesOf(records)[..(place % LinesOf(records).Length)]]), iter: 500);

    [Theory]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","cost_usd":1e-3,"usage_source":"reported"}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00+02:00","cost_usd":0.10}""")]
    [InlineData("""{ "v": 1, "ts": "2026-11-23T08:00:00Z" }""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","agent":"a","agent":"b"}""")]
    [InlineData("""{"v":1,"kind":"session","ts":"2026-11-23T08:00:00Z"}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","kind":"session"}""")]
    [InlineData("""{"v":1,"kind":"correction","ts":"2026-11-23T08:00:00Z","cost_usd":-0.5,"corrects":"01a20a34-f34c-7937-901d-057c3d7b73dc"}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","kind":"correction","cost_usd":-0.5,"corrects":"01a20a34-f34c-7937-901d-057c3d7b73dc"}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","cost_usd":0.5,"corrects":"01a20a34-f34c-7937-901d-057c3d7b73dc"}""")]
    [InlineData("""{"v":1,"kind":"later","of":[1,{"x":2}]}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","added_later":"x","number":12.5,"flag":true,"nothing":null,"list":[1]}""")]
    [InlineData("""{"v":2,"ts":"2026-11-23T08:00:00Z"}""")]
    [InlineData("""{"v":1,"ts":"2026-02-30T08:00:00Z"}""")]
    [InlineData("""{"v":1,"ts":"0001-01-01T00:00:00Z"}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","input_tokens":-1}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","input_tokens":007}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","input_tokens":1.5}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","cost_usd":-0.5}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","avoided_usd":-0.5}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","web_searches":2,"audio_seconds":1.5,"region":"eu"}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","web_searches":-1}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","web_searches":1.5}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","input_tokens":9223372036854775807}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","outcome":"fine"}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","id":"not an id"}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z"}{"v":1,"ts":"2026-11-23T08:00:00Z"}""")]
    [InlineData("""{"v":1,"ts":"2026-11-23T08:00:00Z","agent":"a","agent":"b"}\n{"v":1,"ts":"2026-11-23T08:00:00Z","agent":"a","agent":"c"}\n{"v":1,"ts":"2026-11-23T08:00:00Z","agent":"d","agent":"c"}""")]
    [InlineData("[1]")]
    [InlineData("   ")]
    public void A_line_is_understood_alike(string line) => AssertSame([Encoding.UTF8.GetBytes(line.Replace("\\n", "\n", StringComparison.Ordinal) + "\n{\"v\":1,\"ts\":\"2026-11-23T09:00:00Z\"}\r\n\n")]);

    [Fact]
    public void Only_what_the_filter_admits_is_added_up() =>
        Record.Array[1, 40].Sample(
            records =>
            {
                var filter = new LedgerFilter { Agent = "triage", Model = "gpt-4o", Since = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero) };
                var expected = new SummaryBuilder();
                foreach (LedgerRecord record in records.Where(record => record.Agent == "triage" && (record.Model == "gpt-4o" || record.RequestedModel == "gpt-4o") && record.Timestamp >= filter.Since))
                {
                    expected.Add(RecordNormalizer.Normalize(record));
                }

                using var directory = new TemporaryDirectory();
                string path = directory.File("a.jsonl");
                File.WriteAllBytes(path, LinesOf(records));
                var found = new SummaryBuilder();
                found.AddLedgers([path], filter, rangeSize: 500);

                Assert.Equal(TextOf(expected.ToSummary()), TextOf(found.ToSummary()));
            },
            iter: 100);

    private static LedgerRecord Changed(LedgerRecord call, int what, string? name, long? count) => what switch
    {
        0 => call with { RunId = name },
        1 => call with { Agent = name, Customer = name },
        2 => call with { Model = name },
        3 => call with { Outcome = CallOutcome.Error },
        4 => call with { Batch = !call.Batch },
        5 => call with { ReasoningTokens = count },
        6 => call with { Tags = name is null ? null : new Dictionary<string, string> { ["team"] = name } },
        _ => call with { InputTokens = count },
    };

    // A mark before one of the lines; before none when there is no such line.
    private static byte[] WithMark(byte[] lines, int line)
    {
        int at = 0;
        for (; line > 0 && at < lines.Length; line--)
        {
            at += lines.AsSpan(at).IndexOf((byte)'\n') + 1;
        }

        return line == 0 ? [.. lines[..at], .. Mark, .. lines[at..]] : lines;
    }

    private static void AssertSame(byte[][] files)
    {
        using var directory = new TemporaryDirectory();
        string[] paths = [.. files.Select((_, index) => directory.File($"{index}.jsonl"))];
        for (int file = 0; file < files.Length; file++)
        {
            File.WriteAllBytes(paths[file], files[file]);
        }

        string expected = Outcome(summary =>
        {
            foreach (string path in paths)
            {
                using var reader = new LedgerReader(path);
                summary.Add(reader);
            }
        });

        Assert.Equal(expected, Outcome(summary => summary.AddLedgers(paths)));
        Assert.Equal(expected, Outcome(summary => summary.AddLedgers(paths, rangeSize: 700)));
        Assert.Equal(expected, Outcome(summary => summary.AddLedgers(paths, rangeSize: 64)));
    }

    private static string Outcome(Action<SummaryBuilder> add)
    {
        var summary = new SummaryBuilder();
        try
        {
            add(summary);
            return TextOf(summary.ToSummary());
        }
        catch (UnreadableInputException error)
        {
            return $"{error.File}:{error.Line}: {error.Message}";
        }
    }

    private static string TextOf(CostSummary summary) => Encoding.UTF8.GetString(SummaryFile.ToBytes(summary));

    private static byte[] LinesOf(LedgerRecord[] records)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new LedgerLineWriter(buffer);
        writer.Write(new LedgerSession { Id = Guid.NewGuid(), Timestamp = DateTimeOffset.UtcNow, Assembly = "Desk.Tests" });
        foreach (LedgerRecord record in records)
        {
            writer.Write(record);
        }

        return buffer.WrittenSpan.ToArray();
    }
}
