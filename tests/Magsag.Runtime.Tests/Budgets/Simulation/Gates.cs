namespace Magsag.Runtime.Tests;

/// <summary>Where simulated work waits until the simulation lets it go on, one piece at a time, in an order that the seed decides.</summary>
internal sealed class Gates(Random random)
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private readonly SemaphoreSlim _changed = new(0);
    private int _active;

    /// <summary>How many callers are under way.</summary>
    public int Active
    {
        get
        {
            lock (_lock)
            {
                return _active;
            }
        }
    }

    /// <summary>Waits to be let on.</summary>
    public Task PassAsync()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add(gate);
        }

        _changed.Release();
        return gate.Task;
    }

    /// <summary>Begins a caller.</summary>
    public void Begin(Func<Task> caller)
    {
        lock (_lock)
        {
            _active++;
        }

        _ = Task.Run(async () =>
        {
            try
            {
                await caller();
            }
            finally
            {
                lock (_lock)
                {
                    _active--;
                }

                _changed.Release();
            }
        });
    }

    /// <summary>Waits until every caller that is under way waits at a gate.</summary>
    public async Task SettleAsync()
    {
        while (true)
        {
            lock (_lock)
            {
                if (_waiting.Count == _active)
                {
                    return;
                }
            }

            await _changed.WaitAsync();
        }
    }

    /// <summary>Lets one caller go on.</summary>
    public void OpenOne()
    {
        TaskCompletionSource gate;
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                return;
            }

            int index = random.Next(_waiting.Count);
            gate = _waiting[index];
            _waiting.RemoveAt(index);
        }

        gate.SetResult();
    }
}
