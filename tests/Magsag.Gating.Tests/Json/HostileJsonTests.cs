using System.Text;

namespace Magsag.Gating.Tests.Json;

/// <summary>JSON that other readers accept and that would mislead here: each is an error with file and line.</summary>
public sealed class HostileJsonTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string BaselinePath => _directory.File("cost-baseline.json");

    private string SummaryPath => _directory.File("summary.json");

    public void Dispose() => _directory.Dispose();

    private UnreadableInputException RefusedBaseline(byte[] content)
    {
        File.WriteAllBytes(BaselinePath, content);
        var error = Assert.Throws<UnreadableInputException>(() => BaselineFile.Read(BaselinePath));
        Assert.Equal(BaselinePath, error.File);
        Assert.Contains("MagsagUpdateBaseline=true", error.Message, StringComparison.Ordinal);
        return error;
    }

    private static string Baseline(string entry) => $"{{\n  \"schema\": 1,\n  \"entries\": [\n    {{{entry}}}\n  ]\n}}\n";

    [Theory]
    [InlineData("\"test\":\"A\",\"input_tokens\":1000,\"input_tokens\":1000000", "'input_tokens' stands twice")]
    [InlineData("\"test\":\"A\",\"calls\":1,\"c\\u0061lls\":2", "'calls' stands twice")]
    [InlineData("\"test\":\"A\\ud800\",\"calls\":1", "UTF-8")]
    [InlineData("\"te\\udc00st\":\"A\",\"calls\":1", "UTF-8")]
    [InlineData("\"test\":\"A\",\"calls\":9223372036854775807", "from 0 to 1000000000000000, found 9223372036854775807")]
    [InlineData("\"test\":\"A\",\"calls\":1000000000000001", "from 0 to 1000000000000000")]
    [InlineData("\"test\":\"A\",\"audio_hours\":-1", "'audio_hours'")]
    [InlineData("\"test\":\"A\",\"cost_usd\":79228162514264337593543950335", "an amount of money of at most 1000000000000000")]
    [InlineData("\"test\":\"A\",\"cost_usd\":1e999", "an amount of money")]
    public void A_baseline_that_would_mislead_is_refused_on_its_line(string entry, string says)
    {
        UnreadableInputException error = RefusedBaseline(Encoding.UTF8.GetBytes(Baseline(entry)));

        Assert.Equal(4, error.Line);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0x80)]
    [InlineData(0xC0)]
    [InlineData(0xED)]
    public void Bytes_that_are_no_text_are_refused_on_their_line(byte stray)
    {
        byte[] content = Encoding.UTF8.GetBytes(Baseline("\"test\":\"A~\",\"calls\":1"));
        content[Array.IndexOf(content, (byte)'~')] = stray;

        UnreadableInputException error = RefusedBaseline(content);

        Assert.Equal(4, error.Line);
        Assert.Contains("UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_lists_of_entries_are_refused_where_the_second_begins()
    {
        UnreadableInputException error = RefusedBaseline("{\n  \"schema\": 1,\n  \"entries\": [],\n  \"entries\": []\n}\n"u8.ToArray());

        Assert.Equal(4, error.Line);
        Assert.Contains("'entries' stands twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_beside_each_other_may_have_the_same_members()
    {
        File.WriteAllText(BaselinePath, "{\"schema\":1,\"entries\":[{\"test\":\"A\",\"calls\":1},{\"test\":\"B\",\"calls\":1}]}");

        Assert.Equal(2, BaselineFile.Read(BaselinePath).Entries.Count);
    }

    [Fact]
    public void A_very_long_text_is_quoted_by_its_beginning()
    {
        UnreadableInputException error = RefusedBaseline(Encoding.UTF8.GetBytes(Baseline($"\"test\":\"A\",\"calls\":\"{new string('x', 1_000_000)}\"")));

        Assert.True(error.Message.Length < 400, $"The message has {error.Message.Length} letters.");
    }

    [Theory]
    [InlineData("\"calls\":1,\"calls\":2", "'calls' stands twice")]
    [InlineData("\"made_up\":{\"a\":1,\"a\":2}", "'a' stands twice")]
    [InlineData("\"total_cost_u\\ud800d\":1", "UTF-8")]
    [InlineData("\"torn_lines\":2147483648", "from 0 to 2147483647")]
    [InlineData("\"entries\":[{\"line\":4294967297}]", "from 0 to 2147483647")]
    [InlineData("\"spend\":[{\"start\":\"2026-11-23T00:00:00Z\",\"tags\":{\"a\":\"1\",\"a\":\"2\"}}]", "'a' stands twice")]
    public void A_summary_that_would_mislead_is_refused_on_its_line(string member, string says)
    {
        File.WriteAllText(SummaryPath, $"{{\n  \"v\": 1,\n  {member}\n}}\n");

        var error = Assert.Throws<UnreadableInputException>(() => SummaryFile.Read(SummaryPath));

        Assert.Equal((SummaryPath, 3), (error.File, error.Line));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains("Make the summary again", error.Message, StringComparison.Ordinal);
    }
}
