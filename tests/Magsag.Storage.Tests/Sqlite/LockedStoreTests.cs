using Magsag.Storage.Ingest;
using Magsag.Storage.Stores;

namespace Magsag.Storage.Tests;

/// <summary>Another process has the store locked.</summary>
public sealed class LockedStoreTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task An_ingest_goes_on_as_soon_as_the_lock_is_free_and_tells_once_that_it_waits()
    {
        using var runs = new RunsDirectory();
        runs.Append("a", Calls.Any());
        using HeldLock other = await HeldLock.OfStoreAsync(runs.Database);
        List<string> told = [];
        await using ICostStore store = await CostStore.OpenAsync(runs.Database, new StoreWaiting { ReportAfter = TimeSpan.Zero, Report = text => Release(other, told, text) });

        IngestResult result = await store.IngestAsync(runs.Ledgers);

        Assert.Equal(1, result.Records);
        Assert.Equal([$"waiting for the store '{runs.Database}', which another process is writing"], told);
    }

    [Fact]
    public async Task Opening_and_asking_wait_too_where_even_readers_are_kept_out()
    {
        using var runs = new RunsDirectory();
        using HeldLock other = await HeldLock.OfStoreAsync(runs.Database, keepsReadersOut: true);
        List<string> told = [];

        await using ICostStore store = await CostStore.OpenAsync(runs.Database, new StoreWaiting { ReportAfter = TimeSpan.Zero, Report = text => Release(other, told, text) });

        Assert.Equal(0, (await store.TotalAsync()).Totals.Calls);
        Assert.Single(told);
    }

    [Fact]
    public async Task A_lock_that_is_free_soon_enough_is_not_told_of()
    {
        using var runs = new RunsDirectory();
        using HeldLock other = await HeldLock.OfStoreAsync(runs.Database);
        runs.Append("a", Calls.Any());
        List<string> told = [];
        await using ICostStore store = await CostStore.OpenAsync(runs.Database, new StoreWaiting { ReportAfter = TimeSpan.MaxValue, Report = told.Add });

        Task<IngestResult> ingest = store.IngestAsync(runs.Ledgers);
        other.Execute("COMMIT");

        Assert.Equal(1, (await ingest).Records);
        Assert.Empty(told);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lock_that_stays_is_an_error_that_says_for_how_long_and_what_to_do(bool keepsReadersOut)
    {
        using var runs = new RunsDirectory();
        runs.Append("a", Calls.Any());
        using HeldLock other = await HeldLock.OfStoreAsync(runs.Database, keepsReadersOut);

        var error = await Assert.ThrowsAsync<CostStoreException>(async () =>
        {
            await using ICostStore store = await CostStore.OpenAsync(runs.Database, new StoreWaiting { Limit = Soon });
            await store.IngestAsync(runs.Ledgers);
        });

        Assert.Equal(
            $"The store '{runs.Database}' is locked by another process, which has written nothing for 0.05 s. Expected it to be done by then; wait until it is, or end it, and try again.",
            error.Message);
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        using var runs = new RunsDirectory();
        runs.Append("a", Calls.Any());
        using HeldLock other = await HeldLock.OfStoreAsync(runs.Database);
        using var stop = new CancellationTokenSource();
        await using ICostStore store = await CostStore.OpenAsync(runs.Database, new StoreWaiting { Limit = TimeSpan.MaxValue, ReportAfter = TimeSpan.Zero, Report = _ => stop.Cancel() });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => store.IngestAsync(runs.Ledgers, cancellationToken: stop.Token));
    }

    private static void Release(HeldLock other, List<string> told, string text)
    {
        told.Add(text);
        other.Dispose();
    }
}
