namespace Magsag.Gating.Tests;

public sealed class BaselineFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string BaselinePath => _directory.File("cost-baseline.json");

    public void Dispose() => _directory.Dispose();

    private static BaselineEntry Entry(string test, string model = "gpt-4o-mini", long calls = 1, decimal cost = 0.5m) =>
        new(new EntryKey(test, "triage", "chat", "openai", model, "src/Triage.cs", "Triage.ClassifyAsync", null, false, 0), new TokenTotals { Calls = calls, InputTokens = 10, OutputTokens = 2, CostUsd = cost }, 0);

    [Fact]
    public void Entries_stand_sorted_and_one_per_line()
    {
        BaselineFile.Write(BaselinePath, CostBaseline.From([Entry("Tests.B"), Entry("Tests.A")]));

        string expected = """
            {
              "schema": 1,
              "sites": 2,
              "entries": [
                {"test":"Tests.A","agent":"triage","site":"src/Triage.cs","member":"Triage.ClassifyAsync","operation":"chat","provider":"openai","model":"gpt-4o-mini","calls":1,"input_tokens":10,"output_tokens":2,"cost_usd":0.5},
                {"test":"Tests.B","agent":"triage","site":"src/Triage.cs","member":"Triage.ClassifyAsync","operation":"chat","provider":"openai","model":"gpt-4o-mini","calls":1,"input_tokens":10,"output_tokens":2,"cost_usd":0.5}
              ]
            }

            """.ReplaceLineEndings("\n");
        Assert.Equal(expected, File.ReadAllText(BaselinePath));
    }

    [Fact]
    public void The_same_amount_is_the_same_bytes_however_it_was_computed()
    {
        BaselineFile.Write(BaselinePath, CostBaseline.From([Entry("Tests.A", cost: 0.50m)]));
        string one = File.ReadAllText(BaselinePath);
        BaselineFile.Write(BaselinePath, CostBaseline.From([Entry("Tests.A", cost: 0.5000m)]));

        Assert.Equal(one, File.ReadAllText(BaselinePath));
    }

    [Fact]
    public void Entries_with_the_same_key_are_added_up()
    {
        BaselineEntry sum = Assert.Single(CostBaseline.From([Entry("Tests.A", calls: 2), Entry("Tests.A", calls: 3)]).Entries);

        Assert.Equal(5, sum.Totals.Calls);
        Assert.Equal(1.0m, sum.Totals.CostUsd);
    }

    [Fact]
    public void A_baseline_survives_writing_and_reading()
    {
        CostBaseline baseline = CostBaseline.From([Entry("Tests.A"), Entry("Tests.Ü", "gpt-4o")]);
        BaselineFile.Write(BaselinePath, baseline);

        CostBaseline read = BaselineFile.Read(BaselinePath);

        Assert.Equal(baseline.Entries.Select(entry => (entry.Key, entry.Totals)), read.Entries.Select(entry => (entry.Key, entry.Totals)));
        Assert.Equal([5, 6], read.Entries.Select(entry => entry.FileLine));
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_and_windows_line_endings_is_read_too()
    {
        BaselineFile.Write(BaselinePath, CostBaseline.From([Entry("Tests.A")]));
        File.WriteAllText(BaselinePath, File.ReadAllText(BaselinePath).ReplaceLineEndings("\r\n"), new System.Text.UTF8Encoding(true));

        Assert.Single(BaselineFile.Read(BaselinePath).Entries);
    }

    [Theory]
    [InlineData("", 1, "well-formed")]
    [InlineData("{\n \"schema\": 1,\n <<<<<<< HEAD\n", 3, "well-formed")]
    [InlineData("{\n \"schema\": 9,\n \"entries\": []\n}", 2, "schema 9")]
    [InlineData("{\n \"entries\": []\n}", 1, "no schema")]
    [InlineData("{\n \"schema\": 1\n}", 1, "no entries")]
    [InlineData("{\n \"schema\": 1,\n \"entries\": [\n  {\"test\":\"A\",\"calls\":\"three\"}\n ]\n}", 4, "found 'three'")]
    [InlineData("{\n \"schema\": 1,\n \"entries\": [\n  {\"test\":\"A\",\"cost_usd\":-0.5}\n ]\n}", 4, "found -0.5")]
    [InlineData("{\n \"schema\": 1,\n \"entries\": [\n  {\"test\":\"A\",\"cals\":3}\n ]\n}", 4, "'cals'")]
    [InlineData("{\n \"schema\": 1,\n \"schema\": 1,\n \"entries\": []\n}", 3, "'schema' stands twice in one object")]
    [InlineData("{\n \"schema\": 1,\n \"entries\": [],\n \"entries\": [{\"test\":\"A\",\"calls\":1}]\n}", 4, "'entries' stands twice in one object")]
    [InlineData("{\n \"schema\": 1,\n \"entries\": [\n  {\"test\":\"A\",\"input_tokens\":1000,\n   \"input_tokens\":1000000}\n ]\n}", 5, "'input_tokens' stands twice in one object")]
    [InlineData("{\n \"schema\": 1,\n \"entries\": [\n  {\"test\":\"A\",\"calls\":1,\"c\\u0061lls\":9}\n ]\n}", 4, "'calls' stands twice")]
    [InlineData("{\n \"schema\": 1,\n \"entries\": [\n  {\"test\":\"A\",\"site\":\"T.cs\",\"member\":\"A.One\",\"model\":\"gpt-4o\",\"calls\":1},\n  {\"test\":\"B\",\"calls\":1},\n  {\"test\":\"A\",\"calls\":2,\"model\":\"gpt-4o\",\"member\":\"A.One\",\"site\":\"T.cs\"}\n ]\n}", 6, "The entry of A, T.cs (A.One), gpt-4o stands twice, first in line 4")]
    [InlineData("{\n \"schema\": 1,\n \"entries\": [\n  {\"calls\":1},\n  {\"operation\":\"chat\",\"batch\":false,\"calls\":1}\n ]\n}", 5, "The entry of chat stands twice, first in line 4")]
    public void A_corrupt_baseline_is_an_error_with_its_line_and_the_way_out(string content, int line, string says)
    {
        File.WriteAllText(BaselinePath, content);

        var error = Assert.Throws<UnreadableInputException>(() => BaselineFile.Read(BaselinePath));

        Assert.Equal(BaselinePath, error.File);
        Assert.Equal(line, error.Line);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains("MagsagUpdateBaseline=true", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_that_fails_leaves_the_old_baseline_and_no_litter()
    {
        string blocked = _directory.File("directory");
        Directory.CreateDirectory(Path.Combine(blocked, "cost-baseline.json"));

        Assert.ThrowsAny<Exception>(() => BaselineFile.Write(Path.Combine(blocked, "cost-baseline.json"), CostBaseline.From([Entry("Tests.A")])));

        Assert.Single(Directory.GetFileSystemEntries(blocked));
    }

    [Fact]
    public void A_filtered_run_updates_its_own_tests_and_keeps_the_others()
    {
        CostBaseline baseline = CostBaseline.From([Entry("Tests.A"), Entry("Tests.B")]);
        var builder = new SummaryBuilder();
        builder.Add(new LedgerRecord { Timestamp = DateTimeOffset.UnixEpoch, Test = "Tests.B", Model = "gpt-4o", InputTokens = 1, UsageSource = UsageSource.Reported, CostUsd = 1m });

        CostBaseline updated = baseline.WithTestsOf(builder.ToSummary());

        Assert.Equal([("Tests.A", "gpt-4o-mini"), ("Tests.B", "gpt-4o")], updated.Entries.Select(entry => (entry.Key.Test!, entry.Key.Model!)));
    }
}
