using System.Buffers;
using System.Globalization;
using System.Text;
using CsCheck;
using Magsag.Pricing.Tokens;

namespace Magsag.Gating.Tests;

public sealed class LedgerLineWriterTests
{
    private static readonly DateTimeOffset Called = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string?> GenText = Gen.Frequency(
        (4, Gen.String[0, 40].Select(static text => (string?)text)),
        (4, Gen.String[Gen.Char[" \"\\/\u0000\u0001\n\r\t\u007F\u0085µ€\u2028\uD800\uDBFF\uDC00\uFFFE\uFFFF<>&az"], 0, 40].Select(static text => (string?)text)),
        (1, Gen.String[2040, 2060].Select(static text => (string?)text)),
        (2, Gen.Const((string?)null)));

    private static readonly Gen<long?> GenCount = Gen.Frequency(
        (2, Gen.Const((long?)null)),
        (4, Gen.Long[0, 1_000_000].Select(static count => (long?)count)),
        (2, AnyOf(-1, long.MinValue, long.MaxValue, RecordLimits.Count, RecordLimits.Count - 1, 0).Select(static count => (long?)count)),
        (1, Gen.Long.Select(static count => (long?)count)));

    private static readonly Gen<decimal?> GenMoney = Gen.Frequency(
        (2, Gen.Const((decimal?)null)),
        (4, Gen.Select(Gen.Int, Gen.Int[0, int.MaxValue], Gen.Int[10, 28]).Select(static (low, high, scale) => (decimal?)new decimal(low, high, 0, false, (byte)scale))),
        (2, AnyOf(-1m, 7e28m, decimal.MaxValue, decimal.MinValue, RecordLimits.Usd, RecordLimits.Usd - 0.0000000000000000001m, -0.0000000000000000000000000001m).Select(static usd => (decimal?)usd)),
        (1, Gen.Decimal.Select(static usd => (decimal?)usd)));

    private static readonly Gen<double?> GenMeasure = Gen.OneOf(Gen.Double.Select(value => (double?)value), Gen.Long[0, 1_000_000_000].Select(value => (double?)Math.Round(value / 1000.0, 3)), AnyOf(double.NaN, double.PositiveInfinity, -0.0, double.Epsilon, double.MaxValue).Select(value => (double?)value));

    private static readonly Gen<UsageExtras?> GenExtras = Gen.Select(GenCount, GenCount, GenMoney, static (audio, searches, seconds) =>
        UsageExtras.Of(new Usage { OutputAudioTokens = audio ?? 0, WebSearches = searches ?? 0, AudioSeconds = seconds ?? 0 }));

    private static readonly Gen<IReadOnlyDictionary<string, string>?> GenTags = Gen.Frequency(
        (1, Gen.Const((IReadOnlyDictionary<string, string>?)null)),
        (4, Gen.Select(GenText, GenText).Array[0, 5].Select(TagsOf)),
        (1, Gen.Int[60, 70].Select(static count => TagsOf([.. Enumerable.Range(0, count).Select(static tag => ((string?)$"tag-{tag}", (string?)"x"))]))));

    private static readonly Gen<LedgerRecord> GenRecord =
        from ticks in Gen.Frequency((1, AnyOf(0L, 1L, DateTime.UnixEpoch.Ticks, DateTime.MaxValue.Ticks)), (5, Gen.Long[DateTime.UnixEpoch.Ticks, new DateTime(3001, 1, 1).Ticks]))
        from texts in GenText.Array[20]
        from counts in GenCount.Array[6]
        from money in GenMoney.Array[2]
        from measures in GenMeasure.Array[2]
        from extras in GenExtras
        from tags in GenTags
        from outcome in AnyOf(CallOutcome.Ok, CallOutcome.Error, CallOutcome.Cancelled, CallOutcome.CacheHit, CallOutcome.Correction)
        from source in Gen.Enum<UsageSource>()
        from flags in Gen.Bool.Array[2]
        select new LedgerRecord
        {
            Id = flags[0] ? Guid.CreateVersion7() : default,
            Timestamp = new DateTimeOffset(ticks, TimeSpan.Zero),
            RunId = texts[0],
            ParentRunId = texts[1],
            CallId = texts[2],
            Agent = texts[3],
            Customer = texts[4],
            BillingTier = texts[5],
            Tags = tags,
            Provider = texts[6],
            Model = texts[7],
            RequestedModel = texts[8],
            Operation = texts[9]!,
            Outcome = outcome,
            InputTokens = counts[0],
            CachedInputTokens = counts[1],
            CacheWriteTokens = counts[2],
            CacheWriteOneHourTokens = counts[3],
            OutputTokens = counts[4],
            ReasoningTokens = counts[5],
            Extras = extras,
            UsageSource = source,
            UsageIssue = texts[10],
            CostUsd = money[0],
            IsLowerBound = flags[0],
            AvoidedUsd = money[1],
            PriceId = texts[11],
            Batch = flags[1],
            ServiceTier = texts[12],
            Region = texts[13],
            DurationMilliseconds = measures[0],
            Test = texts[14],
            Site = texts[15],
            Member = texts[16],
            Module = flags[0] ? Guid.NewGuid() : null,
            Experiment = texts[17],
            Variant = texts[18],
            Quality = measures[1],
            Correction = outcome == CallOutcome.Correction ? new LedgerCorrection(Guid.NewGuid(), new DateTimeOffset(ticks, TimeSpan.Zero), texts[19]!) { WasUnknown = flags[1] } : null,
        };

    [Fact]
    public void Whatever_is_written_is_one_line_that_reads_back_the_same_or_as_unknown_with_its_reason() => GenRecord.Sample(
        static record =>
        {
            string line = LineOf(record);
            LedgerRecord read = ParsedLine.Of(Encoding.UTF8.GetBytes(line));
            Assert.Equal(line.Length - 1, line.IndexOf('\n'));
            Assert.Equal(FigureBounds.IsCredible(record.Timestamp) ? record.Timestamp : read.Timestamp, read.Timestamp);
            AssertCounts(record, read);
            AssertCosts(record, read);
            AssertNames(record, read);
            Assert.Equal(Measured(record.DurationMilliseconds), read.DurationMilliseconds);
            Assert.Equal(Measured(record.Quality), read.Quality);

            // What was made valid once stays as it is.
            Assert.Equal(line, LineOf(read));
        },
        iter: 20_000);

    [Fact]
    public void Whatever_is_written_adds_up_to_a_summary_that_can_be_read() => GenRecord.Array[1, 20].Sample(
        static records =>
        {
            using var directory = new TemporaryDirectory();
            File.WriteAllText(directory.File("costs.jsonl"), string.Concat(records.Select(LineOf)));
            var summary = new SummaryBuilder();
            summary.AddLedgers([directory.File("costs.jsonl")]);
            SummaryFile.Write(directory.File("summary.json"), summary.ToSummary());

            CostSummary read = SummaryFile.Read(directory.File("summary.json"));

            Assert.Equal(records.Count(static record => record.Outcome is not (CallOutcome.CacheHit or CallOutcome.Correction)), read.Totals.Calls);
        },
        iter: 300);

    private static void AssertCounts(LedgerRecord record, LedgerRecord read)
    {
        long?[] written = [record.InputTokens, record.OutputTokens, record.CachedInputTokens, record.CacheWriteTokens, record.CacheWriteOneHourTokens, record.ReasoningTokens, record.Extras?.Counts.OutputAudioTokens, record.Extras?.Counts.WebSearches];
        long?[] found = [read.InputTokens, read.OutputTokens, read.CachedInputTokens, read.CacheWriteTokens, read.CacheWriteOneHourTokens, read.ReasoningTokens, read.Extras?.Counts.OutputAudioTokens, read.Extras?.Counts.WebSearches];
        bool isValid = written.All(IsCount) && (record.Extras?.Counts.AudioSeconds ?? 0) is >= 0 and < RecordLimits.Count;
        Assert.Equal(written.Take(6).Select(static count => IsCount(count) ? count : null), found.Take(6));
        Assert.Equal(written.Skip(6).Select(static count => IsCount(count) ? count ?? 0 : 0), found.Skip(6).Select(static count => count ?? 0));
        Assert.Equal(isValid ? record.UsageSource : UsageSource.Unknown, read.UsageSource);
        if (!isValid)
        {
            Assert.True(read.UsageIssue is "invalid_count" or "invalid_cost");
            Assert.True(record.PriceId is null || record.Outcome == CallOutcome.CacheHit || read.CostUsd is null or 0m);
        }
    }

    private static void AssertCosts(LedgerRecord record, LedgerRecord read)
    {
        bool isCorrection = record.Correction is not null;
        bool isValid = record.CostUsd is not { } cost || (cost < RecordLimits.Usd && cost > (isCorrection ? -RecordLimits.Usd : -0.0000000000000000000000000001m));
        Assert.True(read.CostUsd == record.CostUsd || read.UsageIssue is "invalid_cost" or "invalid_count");
        Assert.True(isValid || (read.UsageIssue == "invalid_cost" && read.CostUsd is null or 0m) || record.PriceId is not null);
        Assert.True(read.AvoidedUsd is null or (>= 0m and < RecordLimits.Usd));
    }

    private static void AssertNames(LedgerRecord record, LedgerRecord read)
    {
        string?[] written = [record.RunId, record.Agent, record.Model, record.Test, record.Site, record.Correction?.Reason ?? (record.Correction is null ? null : "")];
        string?[] found = [read.RunId, read.Agent, read.Model, read.Test, read.Site, read.Correction?.Reason];
        foreach ((string? text, string? kept) in written.Zip(found))
        {
            Assert.True(kept == text || kept!.Length <= RecordLimits.NameLength);
            Assert.True(kept == text || text!.Length > RecordLimits.NameLength || text.Any(char.IsSurrogate) || text.Any(char.IsControl));
        }

        Assert.True((read.Tags?.Count ?? 0) <= Math.Min(record.Tags?.Count ?? 0, RecordLimits.Tags));
        Assert.DoesNotContain(read.Model ?? "", char.IsControl);
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static bool IsCount(long? count) => count is null or (>= 0 and < RecordLimits.Count);

    private static double? Measured(double? measure) => measure is { } number && double.IsFinite(number) ? number : null;

    private static IReadOnlyDictionary<string, string>? TagsOf((string? Name, string? Value)[] tags)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string? name, string? value) in tags)
        {
            all[name ?? ""] = value!;
        }

        return all;
    }

    [Fact]
    public void A_model_is_kept_as_text_that_every_reader_takes()
    {
        static string? Kept(string said) => RecordNormalizer.Normalize(new LedgerRecord { Timestamp = Called, Model = said }).Model;

        Assert.Equal("gpt-4o\uFFFD", Kept("gpt-4o\uD800"));
        Assert.Equal("gpt\uFFFD[31m-4o", Kept("gpt\u001b[31m-4o"));
        Assert.Equal("gpt-\uD83D\uDE00", Kept("gpt-\uD83D\uDE00"));
    }

    [Fact]
    public void A_model_of_a_megabyte_is_cut_and_stays_another_one_than_its_neighbour()
    {
        string begun = new('x', 1024 * 1024);

        string one = RecordNormalizer.Normalize(new LedgerRecord { Timestamp = Called, Model = begun + "1" }).Model!;
        string two = RecordNormalizer.Normalize(new LedgerRecord { Timestamp = Called, Model = begun + "2" }).Model!;

        Assert.Equal((RecordLimits.NameLength, RecordLimits.NameLength), (one.Length, two.Length));
        Assert.NotEqual(one, two);
    }

    [Fact]
    public void A_cost_that_a_provider_reported_holds_beside_a_count_that_cannot()
    {
        var record = new LedgerRecord { Timestamp = Called, InputTokens = -1, OutputTokens = 5, CostUsd = 0.5m, UsageSource = UsageSource.Reported };

        LedgerRecord reported = RecordNormalizer.Normalize(record);
        LedgerRecord priced = RecordNormalizer.Normalize(record with { PriceId = "openai/gpt-4o" });

        Assert.Equal((null, 5L, 0.5m, UsageSource.Unknown, "invalid_count"), (reported.InputTokens, reported.OutputTokens, reported.CostUsd, reported.UsageSource, reported.UsageIssue));
        Assert.Equal(((decimal?)null, null), (priced.CostUsd, priced.PriceId));
    }

    [Theory]
    [InlineData("1.500", "1.5")]
    [InlineData("0.000", "0")]
    [InlineData("10", "10")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    public void Money_is_exact_and_without_padding(string money, string written) =>
        Assert.Contains($"\"cost_usd\":{written}}}", LineOf(new LedgerRecord { Timestamp = Called, CostUsd = decimal.Parse(money, CultureInfo.InvariantCulture) }), StringComparison.Ordinal);

    [Theory]
    [InlineData(12.5, "12.5")]
    [InlineData(1000, "1000")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.1234567, "0.1234567")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(1e300, "1E+300")]
    public void A_measurement_is_the_shortest_text_that_reads_back(double measure, string written) =>
        Assert.Contains($"\"duration_ms\":{written}}}", LineOf(new LedgerRecord { Timestamp = Called, DurationMilliseconds = measure }), StringComparison.Ordinal);

    [Fact]
    public void A_record_that_cannot_be_written_leaves_nothing_behind()
    {
        var buffer = new ArrayBufferWriter<byte>();

        Assert.Throws<ArgumentOutOfRangeException>(() => new LedgerLineWriter(buffer).Write(new LedgerRecord { Timestamp = Called, Outcome = (CallOutcome)99 }));

        Assert.Equal(0, buffer.WrittenCount);
    }

    private static string LineOf(LedgerRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new LedgerLineWriter(buffer).Write(record);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
