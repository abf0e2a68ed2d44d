namespace Magsag.Runtime.Tests;

public sealed class HangingDiskTests
{
    private static readonly LedgerRecord Record = new() { Id = Guid.CreateVersion7(), Timestamp = DateTimeOffset.UtcNow, Agent = new string('a', 1000) };

    [Fact]
    public async Task Dropping_keeps_no_more_than_the_queue_and_one_group_in_memory()
    {
        const int HandedOver = 100_000;
        const int Capacity = 64;
        const int MostInOneGroup = 1100;
        var disk = new BlockedOutput();
        var ledger = new CostLedger("runs", new CostLedgerOptions { QueueCapacity = Capacity, WhenFull = FullQueueBehavior.Drop }, disk);

        for (int number = 0; number < HandedOver; number++)
        {
            ledger.Enqueue(Record);
        }

        Assert.InRange(ledger.DroppedRecords, HandedOver - Capacity - MostInOneGroup, HandedOver - Capacity);
        disk.Release();
        await ledger.DisposeAsync();
        Assert.Equal(HandedOver, disk.Lines + ledger.DroppedRecords);
    }

    [Fact]
    public async Task Waiting_loses_nothing_once_the_disk_is_back()
    {
        const int HandedOver = 5_000;
        var disk = new BlockedOutput();
        var ledger = new CostLedger("runs", new CostLedgerOptions { QueueCapacity = 64 }, disk);
        Task[] callers = [.. Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(() =>
        {
            for (int number = 0; number < HandedOver; number++)
            {
                ledger.Enqueue(Record);
            }
        }, TaskCreationOptions.LongRunning))];

        Assert.False(callers[0].IsCompleted);
        disk.Release();
        await Task.WhenAll(callers);
        await ledger.DisposeAsync();

        Assert.Equal((2 * HandedOver, 0L), (disk.Lines, ledger.DroppedRecords));
    }
}
