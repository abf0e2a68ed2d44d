using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Tests;

public sealed class ThrowingLogTests : IDisposable
{
    private readonly RunsDirectory _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public async Task A_directory_that_cannot_be_written_and_a_logger_that_throws_end_neither_process_nor_ledger()
    {
        File.WriteAllText(_runs.Path, "");
        await using var ledger = new CostLedger(_runs.Path, new CostLedgerOptions { Logger = new ThrowingLog() });
        await Assert.ThrowsAsync<IOException>(() => ledger.AppendAsync(Record("lost")));
        File.Delete(_runs.Path);

        await ledger.AppendAsync(Record("kept"));

        Assert.Equal(("kept", 1L), (Assert.Single(_runs.Records()).Agent, ledger.LostRecords));
    }

    [Fact]
    public async Task A_record_that_cannot_be_written_and_a_logger_that_throws_cost_no_other_record()
    {
        await using var ledger = new CostLedger(_runs.Path, new CostLedgerOptions { Logger = new ThrowingLog() });
        Task bad = ledger.AppendAsync(Record("bad") with { Outcome = (CallOutcome)99 });

        await ledger.AppendAsync(Record("good"));

        await Assert.ThrowsAsync<IOException>(() => bad);
        Assert.Equal("good", Assert.Single(_runs.Records()).Agent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_answer_of_a_model_without_a_price_reaches_the_app_though_the_logger_throws(bool onCreate)
    {
        await using var ledger = new CostLedger(_runs.Path);
        IChatClient client = new FixedClient("no-such-model").AsBuilder().UseCostTracking(options => options.Ledger = ledger).Build(new ThrowingLog(onCreate));

        ChatResponse response = await client.GetResponseAsync("hi");

        await ledger.FlushAsync();
        Assert.Equal(("fine", "no-such-model"), (response.Text, Assert.Single(_runs.Records()).Model));
    }

    [Fact]
    public void What_a_handler_of_crossings_throws_goes_no_further_though_the_logger_throws_too()
    {
        long before = CostMeter.Faults;
        var monitor = new CostMonitor([new CostThreshold(CostThresholdSubject.Total, 1m)], new ThrowingLog());
        bool heard = false;
        monitor.Crossed += (_, _) => throw new InvalidOperationException("A handler that throws.");
        monitor.Crossed += (_, _) => heard = true;

        monitor.Add(Record("dear") with { CostUsd = 2m });

        Assert.True(heard);
        Assert.True(CostMeter.Faults > before);
    }

    private static LedgerRecord Record(string agent) => new() { Id = Guid.CreateVersion7(), Timestamp = DateTimeOffset.UtcNow, Agent = agent, Model = "gpt-4o-mini" };
}
