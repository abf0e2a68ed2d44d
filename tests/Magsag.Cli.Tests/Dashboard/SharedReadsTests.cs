using Magsag.Cli.Dashboard;
using Magsag.Cli.Html;

namespace Magsag.Cli.Tests.Dashboard;

public sealed class SharedReadsTests
{
    [Fact]
    public async Task All_who_ask_while_one_read_runs_share_the_next()
    {
        var source = new SlowCosts();
        var reads = new SharedReads(source, TimeProvider.System, CancellationToken.None);
        Task<ReportPage> first = reads.ReadAsync(CancellationToken.None);
        await source.Begun;

        Task<ReportPage>[] others = [reads.ReadAsync(CancellationToken.None), reads.ReadAsync(CancellationToken.None), reads.ReadAsync(CancellationToken.None)];
        source.Release();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(2, source.Reads);
    }

    [Fact]
    public async Task A_page_that_goes_away_takes_nothing_from_the_others()
    {
        var source = new SlowCosts();
        var reads = new SharedReads(source, TimeProvider.System, CancellationToken.None);
        using var gone = new CancellationTokenSource();
        Task<ReportPage> first = reads.ReadAsync(gone.Token);
        await source.Begun;
        Task<ReportPage> other = reads.ReadAsync(CancellationToken.None);

        await gone.CancelAsync();
        source.Release();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("Slow", (await other).Title);
    }

    [Fact]
    public async Task A_store_that_doesn_t_answer_is_told()
    {
        var reads = new SharedReads(new SlowCosts(), new ImpatientClock(), CancellationToken.None);

        Assert.Equal(SharedReads.Busy, (await Assert.ThrowsAsync<DashboardProblemException>(() => reads.ReadAsync(CancellationToken.None))).Message);
    }

    private sealed class SlowCosts : IDashboardSource
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _reads;

        public string Title => "Slow";

        public Task Begun => _begun.Task;

        public int Reads => Volatile.Read(ref _reads);

        public void Release() => _release.SetResult();

        public async Task<ReportPage> ReadAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _reads);
            _begun.TrySetResult();
            await _release.Task;
            return new ReportPage { Title = Title, Summary = new CostSummary() };
        }

        public IAsyncEnumerable<DashboardChange> ChangesAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<DashboardChange>();
    }

    /// <summary>A clock on which whoever waits has waited long enough at once.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
