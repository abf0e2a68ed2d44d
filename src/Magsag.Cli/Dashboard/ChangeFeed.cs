using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Magsag.Cli.Dashboard;

/// <summary>Broadcasts the changes of one source to any number of pages. It is watched once, and only while a page is open.</summary>
internal sealed class ChangeFeed(IDashboardSource source)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Channel<DashboardChange>> _pages = [];
    private CancellationTokenSource? _watch;
    private DashboardChange? _latest;

    /// <summary>The latest change at once, then each one that comes.</summary>
    public async IAsyncEnumerable<DashboardChange> ListenAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Only the latest change matters: a page that is behind reads everything again.
        var page = Channel.CreateBounded<DashboardChange>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        Join(page);
        try
        {
            await foreach (DashboardChange change in page.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            Leave(page);
        }
    }

    private void Join(Channel<DashboardChange> page)
    {
        lock (_gate)
        {
            _pages.Add(page);
            if (_watch is null)
            {
                _watch = new CancellationTokenSource();
                _ = WatchAsync(_watch.Token);
            }
            else if (_latest is { } latest)
            {
                page.Writer.TryWrite(latest);
            }
        }
    }

    private void Leave(Channel<DashboardChange> page)
    {
        lock (_gate)
        {
            _pages.Remove(page);
            if (_pages.Count == 0)
            {
                _watch?.Cancel();
                _watch?.Dispose();
                _watch = null;
                _latest = null;
            }
        }
    }

    private async Task WatchAsync(CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            await foreach (DashboardChange change in source.ChangesAsync(stop))
            {
                Tell(change, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            End(error, stop);
        }
    }

    private void Tell(DashboardChange change, CancellationToken watch)
    {
        lock (_gate)
        {
            if (watch.IsCancellationRequested)
            {
                return;
            }

            _latest = change;
            foreach (Channel<DashboardChange> page in _pages)
            {
                page.Writer.TryWrite(change);
            }
        }
    }

    // The pages' streams end with the error; they reconnect, and the source is watched again.
    private void End(Exception error, CancellationToken watch)
    {
        lock (_gate)
        {
            if (watch.IsCancellationRequested)
            {
                return;
            }

            foreach (Channel<DashboardChange> page in _pages)
            {
                page.Writer.TryComplete(error);
            }
        }
    }
}
