using System.Text.Json;

namespace Magsag.Runtime.Tests;

public sealed class RunSummaryTests : IDisposable
{
    private const int MostRows = 8192;

    private readonly RunsDirectory _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task A_run_that_comes_back_soon_has_a_summary_of_all_its_calls()
    {
        await using var ledger = new CostLedger(_runs.Path);
        await EndAsync(ledger, "r1", calls: 1);
        await EndAsync(ledger, "r2", calls: 1);
        await EndAsync(ledger, "r1", calls: 2);

        Assert.Equal((3, false), SummaryOf("r1"));
    }

    [Fact]
    public async Task A_summary_is_made_of_all_files_of_the_ledger()
    {
        await using var ledger = new CostLedger(_runs.Path, new CostLedgerOptions { MaxFileBytes = 200 });
        for (int call = 0; call < 5; call++)
        {
            await ledger.AppendAsync(Record("r1"));
        }

        await EndAsync(ledger, "r1", calls: 1);

        Assert.True(_runs.Files.Length > 2);
        Assert.Equal((6, false), SummaryOf("r1"));
    }

    [Fact]
    public async Task A_run_that_comes_back_after_1024_others_has_a_summary_that_is_marked_as_partial()
    {
        await using (var ledger = new CostLedger(_runs.Path))
        {
            for (int visit = 0; visit < 2; visit++)
            {
                for (int run = 0; run < 1500; run++)
                {
                    ledger.Enqueue(Record($"r{run}"));
                    ledger.SummariseRun($"r{run}");
                }
            }
        }

        Assert.All(Enumerable.Range(0, 1500), run => Assert.Equal((1, true), SummaryOf($"r{run}")));
    }

    [Fact]
    public async Task Two_processes_of_one_run_leave_a_summary_that_is_marked_as_partial()
    {
        await using var one = new CostLedger(_runs.Path);
        await using var other = new CostLedger(_runs.Path);
        await EndAsync(one, "r1", calls: 10);
        Assert.Equal((10, false), SummaryOf("r1"));

        await EndAsync(other, "r1", calls: 15);
        Assert.Equal((15, true), SummaryOf("r1"));

        await EndAsync(one, "r1", calls: 1);
        Assert.Equal((11, true), SummaryOf("r1"));
    }

    [Fact]
    public async Task The_rows_of_a_run_are_bounded_and_what_they_leave_out_is_counted()
    {
        const int Calls = MostRows + 100;
        await using var ledger = new CostLedger(_runs.Path);
        for (int call = 0; call < Calls; call++)
        {
            ledger.Enqueue(Record("r1") with { Timestamp = DateTimeOffset.UnixEpoch, Tags = new Dictionary<string, string> { ["request"] = $"{call}" } });
        }

        ledger.SummariseRun("r1");
        await ledger.FlushAsync();

        JsonElement summary = ReadSummary("r1");
        Assert.Equal((Calls, true), (summary.GetProperty("calls").GetInt64() + summary.GetProperty("left_out_calls").GetInt64(), summary.GetProperty("partial").GetBoolean()));

        // Rows are told apart by hashes, and two may collide.
        Assert.InRange(summary.GetProperty("calls").GetInt64(), MostRows, MostRows + 5);
    }

    [Fact]
    public async Task The_run_of_the_process_has_its_summary_when_the_ledger_is_closed()
    {
        await using (var ledger = new CostLedger(_runs.Path))
        {
            ledger.Enqueue(Record("run-of-the-process"));
        }

        Assert.Equal((1, false), SummaryOf("run-of-the-process"));
    }

    [Fact]
    public async Task A_summary_names_the_session_that_it_covers()
    {
        await using var ledger = new CostLedger(_runs.Path);
        await EndAsync(ledger, "r1", calls: 1);

        Assert.Equal(LedgerReader.ReadSession(Assert.Single(_runs.Files))!.Id, ReadSummary("r1").GetProperty("session").GetGuid());
    }

    [Fact]
    public async Task A_ledger_that_cannot_be_written_writes_no_summary_of_what_is_not_in_it()
    {
        await using (var ledger = new CostLedger("/proc/magsag"))
        {
            ledger.Enqueue(Record("r1"));
            ledger.SummariseRun("r1");
            await ledger.FlushAsync();
        }

        Assert.Empty(_runs.Files);
    }

    private static LedgerRecord Record(string run) => new() { Id = Guid.CreateVersion7(), Timestamp = DateTimeOffset.UtcNow, RunId = run, Model = "gpt-4o-mini" };

    private static async Task EndAsync(CostLedger ledger, string run, int calls)
    {
        for (int call = 0; call < calls; call++)
        {
            ledger.Enqueue(Record(run));
        }

        ledger.SummariseRun(run);
        await ledger.FlushAsync();
    }

    private (long Calls, bool IsPartial) SummaryOf(string run)
    {
        JsonElement summary = ReadSummary(run);
        return (summary.GetProperty("calls").GetInt64(), summary.TryGetProperty("partial", out JsonElement partial) && partial.GetBoolean());
    }

    private JsonElement ReadSummary(string run) => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(_runs.Path, "agents", run, "summary.json")));
}
