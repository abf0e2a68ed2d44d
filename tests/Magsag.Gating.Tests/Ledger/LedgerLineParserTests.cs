using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Xunit;

namespace Magsag.Gating.Tests;

public sealed class LedgerLineParserTests
{
    private static readonly string[] Lines =
    [
        """{"v":1,"id":"019e7b4c-2d4f-7c3a-9b60-0a1b2c3d4e5f","ts":"2026-11-30T18:00:00.25Z","run_id":"run-1","agent":"écrivain","tags":{"team":"desk"},"provider":"openai","model":"gpt-4o","outcome":"ok","input_tokens":1200,"output_tokens":34,"web_searches":2,"audio_seconds":1.50,"usage_source":"reported","cost_usd":0.00334,"duration_ms":812.5,"site":"src/Agent.cs:20"}""",
        """{"v":1,"kind":"correction","id":"019e7b4c-2d4f-7c3a-9b60-0a1b2c3d4e5f","ts":"2026-11-30T18:00:00Z","model":"gpt-4o","usage_source":"unknown","cost_usd":-0.5,"corrects":"019e7b4c-2d4f-7c3a-9b60-0a1b2c3d4e5f","corrected_at":"2026-11-30T18:00:00+01:00","reason":"a \"typo\"","was_unknown":true}""",
        """{"v":1,"kind":"session","id":"019e7b4c-2d4f-7c3a-9b60-0a1b2c3d4e5f","ts":"2026-11-30T18:00:00Z","assembly":"App.Tests","counts_calls":true,"modules":{"App":"019e7b4c-2d4f-7c3a-9b60-0a1b2c3d4e5f"}}""",
        """{"v":2,"ts":"2024-02-29T23:59:59.1234567Z","later":[1,{"a":null}],"later too":{"a":{"b":[]}},"batch":false,"agent":null,"outcome":"paused","cost_usd":1e-3,"quality":0.1}""",
    ];

    // Letters that mean something in JSON, and some that don't.
    private const string Letters = "{}[]\",:\\.-+eEtTZn0123456789 \t\r\u0001x";

    private static readonly Gen<string> GenLine = Gen.Select(
        Gen.Int[0, Lines.Length - 1],
        Gen.Select(Gen.Int[1, 400], Gen.Int[0, 2], Gen.Int[0, Letters.Length - 1]).Array[0, 3],
        static (line, changes) => changes.Aggregate(Lines[line], Changed));

    [Fact]
    public void A_line_means_the_same_however_it_is_spaced() => GenLine.Sample(
        static line =>
        {
            var parser = new LedgerLineParser();
            Assert.All(Lines, known => parser.Parse(Encoding.UTF8.GetBytes(known)));
            string spaced = "{ " + line.Substring(1);
            Assert.Equal(MeaningOf(new LedgerLineParser(), spaced), MeaningOf(parser, line));
        },
        iter: 20_000);

    [Theory]
    [InlineData("0.00334")]
    [InlineData("12.50")]
    [InlineData("999999.99999999999")]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("0")]
    public void Money_is_read_to_its_last_digit(string usd)
    {
        LedgerRecord record = ParsedLine.Of(Encoding.UTF8.GetBytes($$"""{"v":1,"ts":"2026-11-30T18:00:00Z","cost_usd":{{usd}}}"""));

        Assert.Equal(usd, record.CostUsd?.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Measures_are_read_as_the_nearest_number() => Gen.Select(Gen.Long[0, 999_999_999_999_999], Gen.Int[0, 14]).Sample(static (digits, decimals) =>
    {
        string text = digits.ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        text = decimals == 0 ? text : text.Insert(text.Length - decimals, ".");

        Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), new LedgerValue(Encoding.UTF8.GetBytes(text)).ToDouble());
    });

    [Fact]
    public void Every_member_has_a_bit_of_its_own_in_the_check_for_repeated_ones() =>
        Assert.InRange((int)LedgerMember.FirstCount + UsageCount.All.Length, 1, 8 * sizeof(ulong));

    private static string Changed(string line, (int At, int Kind, int Letter) change)
    {
        int at = Math.Min(change.At, line.Length - 1);
        string letter = Letters[change.Letter].ToString();
        return change.Kind switch
        {
            0 => line.Insert(at, letter),
            1 => line.Remove(at, 1),
            _ => line.Remove(at, 1).Insert(at, letter),
        };
    }

    private static string MeaningOf(LedgerLineParser parser, string line)
    {
        try
        {
            LedgerLine parsed = parser.Parse(Encoding.UTF8.GetBytes(line));
            return JsonSerializer.Serialize(new { parsed.Unknown, parsed.Session, Record = parsed.IsRecord ? new LedgerRecord(parser.Fields) : null });
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException)
        {
            return error.GetType().Name + ": " + LocatedJsonReader.WithoutPosition(error.Message);
        }
    }
}
