using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;

namespace Magsag.Gating.Tests;

public sealed class LedgerLineWriterTests
{
    private static readonly DateTimeOffset Called = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    private static readonly Gen<string?> GenText = Gen.OneOf(Gen.String[0, 40], Gen.String[Gen.Char[" \"\\/\u0001\n\tµ€\u2028\uFFFF<>&az"], 0, 40]).Null();

    private static readonly Gen<decimal?> GenMoney = Gen.Select(Gen.Int, Gen.Int, Gen.Int[0, int.MaxValue], Gen.Int[0, 28]).Select((low, middle, high, scale) => (decimal?)new decimal(low, middle, high, false, (byte)scale));

    private static readonly Gen<double?> GenMeasure = Gen.OneOf(Gen.Double.Select(value => (double?)value), Gen.Long[0, 1_000_000_000].Select(value => (double?)Math.Round(value / 1000.0, 3)));

    [Fact]
    public void Whatever_is_written_is_one_line_of_JSON_and_reads_back_the_same() =>
        Gen.Select(GenText, GenText, GenMoney, GenMeasure, Gen.Long[0, long.MaxValue], Gen.Long[0, DateTime.MaxValue.Ticks - 1]).Sample((text, tag, money, measure, count, ticks) =>
        {
            var record = new LedgerRecord
            {
                Timestamp = new DateTimeOffset(ticks + 1, TimeSpan.Zero),
                Agent = text,
                Tags = new Dictionary<string, string> { ["team" + tag] = tag ?? "" },
                InputTokens = count,
                CostUsd = money,
                DurationMilliseconds = measure,
            };

            string line = LineOf(record);

            // What JSON can't hold becomes what a text without it would be.
            LedgerRecord read = LedgerLineParser.Parse(Encoding.UTF8.GetBytes(line)).Record!;
            string? Sound(string? value) => value is null ? null : JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(value));
            return line.IndexOf('\n') == line.Length - 1
                && (read.Agent, read.Timestamp, read.InputTokens, read.CostUsd) == (Sound(text), record.Timestamp, count, money)
                && (read.DurationMilliseconds == measure || (read.DurationMilliseconds is null && !double.IsFinite(measure!.Value)))
                && read.Tags!.Single().Equals(KeyValuePair.Create(Sound("team" + tag), Sound(tag ?? "")));
        });

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
