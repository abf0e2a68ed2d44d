namespace Magsag.Runtime.Tests;

public sealed class CostLedgerTests : IDisposable
{
    private readonly RunsDirectory _runs = new();

    public void Dispose() => _runs.Dispose();

    private static LedgerRecord Record(string? agent = null) => new() { Id = Guid.CreateVersion7(), Timestamp = DateTimeOffset.UtcNow, Agent = agent, Model = "gpt-4o-mini" };

    [Fact]
    public async Task Nothing_recorded_leaves_no_file()
    {
        await using (new CostLedger(_runs.Path))
        {
        }

        Assert.Empty(_runs.Files);
    }

    [Fact]
    public async Task What_many_threads_hand_over_is_all_there_when_the_ledger_is_closed()
    {
        await using (var ledger = new CostLedger(_runs.Path, new CostLedgerOptions { QueueCapacity = 16 }))
        {
            Parallel.For(0, 10_000, number => ledger.Enqueue(Record($"a{number}")));
        }

        Assert.Equal(10_000, _runs.Records().Select(record => record.Agent).Distinct().Count());
    }

    [Fact]
    public async Task A_full_queue_drops_and_counts_when_told_to()
    {
        var ledger = new CostLedger(_runs.Path, new CostLedgerOptions { QueueCapacity = 1, WhenFull = FullQueueBehavior.Drop });
        for (int number = 0; number < 5_000; number++)
        {
            ledger.Enqueue(Record());
        }

        await ledger.DisposeAsync();

        Assert.Equal(5_000, _runs.Records().Count + ledger.DroppedRecords);
    }

    [Fact]
    public async Task A_file_that_is_full_is_followed_by_another_of_the_same_session()
    {
        await using (var ledger = new CostLedger(_runs.Path, new CostLedgerOptions { MaxFileBytes = 200 }))
        {
            await ledger.AppendAsync(Record());
            await ledger.AppendAsync(Record());
            await ledger.AppendAsync(Record());
        }

        Assert.True(_runs.Files.Length > 1);
        Assert.Single(_runs.Files.Select(file => LedgerReader.ReadSession(file)!.Id).Distinct());
        Assert.Equal(3, _runs.Records().Count);
    }

    [Fact]
    public async Task A_record_that_nobody_waits_for_is_written_within_the_interval()
    {
        await using var ledger = new CostLedger(_runs.Path, new CostLedgerOptions { FlushInterval = TimeSpan.FromMilliseconds(1) });

        ledger.Enqueue(Record());

        await _runs.UntilAsync(1);
    }

    [Fact]
    public async Task Many_records_do_not_wait_for_the_interval()
    {
        await using var ledger = new CostLedger(_runs.Path, new CostLedgerOptions { FlushInterval = TimeSpan.FromHours(1) });

        for (int number = 0; number < 4096; number++)
        {
            ledger.Enqueue(Record());
        }

        await _runs.UntilAsync(1024);
    }

    [Fact]
    public async Task An_acknowledged_record_does_not_wait_for_the_interval()
    {
        await using var ledger = new CostLedger(_runs.Path, new CostLedgerOptions { FlushInterval = TimeSpan.FromHours(1) });

        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => ledger.AppendAsync(Record())));

        Assert.Equal(200, _runs.Records().Count);
    }

    [Fact]
    public async Task A_record_can_be_forced_to_the_disk_itself()
    {
        await using var ledger = new CostLedger(_runs.Path, new CostLedgerOptions { FlushToDisk = true });

        await ledger.AppendAsync(Record());

        Assert.Single(_runs.Records());
    }

    [Fact]
    public async Task A_directory_that_cannot_be_written_loses_and_counts_and_throws_nothing()
    {
        // Nobody can write there, not even root.
        var ledger = new CostLedger("/proc/magsag");

        ledger.Enqueue(Record());

        await ledger.DisposeAsync();
        Assert.Equal(1, ledger.LostRecords);
    }

    [Fact]
    public async Task One_record_that_cannot_be_written_costs_no_other()
    {
        await using var ledger = new CostLedger(_runs.Path);
        Task bad = ledger.AppendAsync(Record() with { Outcome = (CallOutcome)99 });
        await ledger.AppendAsync(Record("good"));

        await Assert.ThrowsAsync<IOException>(() => bad);
        Assert.Equal(("good", 1L), (Assert.Single(_runs.Records()).Agent, ledger.LostRecords));
    }

    [Fact]
    public async Task A_file_that_was_deleted_is_replaced()
    {
        await using var ledger = new CostLedger(_runs.Path);
        await ledger.AppendAsync(Record("lost"));
        File.Delete(Assert.Single(_runs.Files));

        await ledger.AppendAsync(Record("kept"));

        Assert.Equal("kept", Assert.Single(_runs.Records()).Agent);
    }

    [Fact]
    public async Task A_directory_that_can_be_written_again_takes_records_again()
    {
        File.WriteAllText(_runs.Path, "");
        await using var ledger = new CostLedger(_runs.Path);
        await Assert.ThrowsAsync<IOException>(() => ledger.AppendAsync(Record("lost")));
        File.Delete(_runs.Path);

        await ledger.AppendAsync(Record("kept"));

        Assert.Equal((1L, "kept"), (ledger.LostRecords, Assert.Single(_runs.Records()).Agent));
    }

    [Fact]
    public async Task A_closed_ledger_refuses_to_acknowledge_and_counts_what_it_is_given()
    {
        var ledger = new CostLedger(_runs.Path);
        await ledger.DisposeAsync();

        ledger.Enqueue(Record());

        await Assert.ThrowsAsync<ObjectDisposedException>(() => ledger.AppendAsync(Record()));
        Assert.Equal(1, ledger.DroppedRecords);
    }

    [Fact]
    public async Task The_first_line_says_which_binaries_the_costs_belong_to()
    {
        string built = typeof(CostLedgerTests).Assembly.GetName().Name!;
        var host = new RecordingHost { TestAssembly = "Desk.Tests", Framework = "net10.0", Assemblies = [built, "Gone"], BaseDirectory = AppContext.BaseDirectory };
        await using (var ledger = new CostLedger(_runs.Path, new CostLedgerOptions(), host))
        {
            await ledger.AppendAsync(Record());
        }

        LedgerSession session = LedgerReader.ReadSession(Assert.Single(_runs.Files))!;
        Assert.Equal(("Desk.Tests", "net10.0"), (session.Assembly, session.Framework));
        Assert.Equal(new Dictionary<string, Guid> { [built] = typeof(CostLedgerTests).Module.ModuleVersionId }, session.Modules);
    }
}
