using Magsag.Runtime;
using Magsag.Storage.Budgets.Slices;
using Npgsql;

namespace Magsag.Storage.Budgets;

/// <summary>Keeps budgets in PostgreSQL, for processes on many machines.</summary>
/// <remarks>
/// A process leases slices of the limits from the database and spends them from its memory, so that most calls wait for nobody. What is leased
/// counts as reserved, for all processes: a limit is never overshot. Dispose the store when the process ends: what it didn't spend of its
/// slices is free again then; otherwise it counts as spent. Processes whose clocks differ see days begin at different moments; keep their clocks in step.
/// </remarks>
public sealed class PostgresBudgetStore : BudgetStore, IAsyncDisposable
{
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PatienceAtExit = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private readonly BudgetSliceOptions _options;
    private readonly BudgetSlices _slices;
    private readonly ITimer _returns;
    private readonly Func<long>? _serverTime;
    private TaskCompletionSource _nextRound = NewRound();
    private bool _isRunning;
    private bool _isDisposed;
    private long _lastSweep;
    private long _observed;
    private long _rounds;

    private PostgresBudgetStore(NpgsqlDataSource source, BudgetSliceOptions options, TimeProvider time, Func<long>? serverTime)
    {
        _serverTime = serverTime;
        _source = source;
        _options = options;
        _time = time;
        _slices = new BudgetSlices(time, options);
        _returns = time.CreateTimer(static store => ((PostgresBudgetStore)store!).ReturnIdle(), this, options.ReturnAfter, options.ReturnAfter);
        AppDomain.CurrentDomain.ProcessExit += ReturnAtExit;
    }

    /// <summary>How often the database was asked.</summary>
    internal long Rounds => Interlocked.Read(ref _rounds);

    /// <summary>Opens the store and makes its tables where they don't exist.</summary>
    /// <param name="source">The database; whoever made it disposes it, after the store.</param>
    /// <param name="options">How slices of limits are leased; all processes of a database have the same.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="NpgsqlException">The database can't be reached or refuses.</exception>
    public static Task<PostgresBudgetStore> OpenAsync(NpgsqlDataSource source, BudgetSliceOptions? options = null, CancellationToken cancellationToken = default) =>
        OpenAsync(source, options ?? new BudgetSliceOptions(), TimeProvider.System, cancellationToken);

    internal static async Task<PostgresBudgetStore> OpenAsync(NpgsqlDataSource source, BudgetSliceOptions options, TimeProvider time, CancellationToken cancellationToken, Func<long>? serverTime = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(options.RefusablePart);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.RefusablePart, 1m);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.CallsPerSlice);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.ReturnAfter, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Lease, TimeSpan.Zero);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);

        // Processes that start together must not make the tables together.
        await using (var alone = new NpgsqlCommand("SELECT pg_advisory_xact_lock(71770)", connection, transaction))
        {
            await alone.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await using (var schema = new NpgsqlCommand(PostgresBudgetSchema.Sql, connection, transaction))
        {
            await schema.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return new PostgresBudgetStore(source, options, time, serverTime);
    }

    /// <inheritdoc/>
    internal override ValueTask<BudgetDecision> TryReserveAsync(BudgetClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        BudgetStateMachine.ThrowIfNegative(claim.Amount);
        cancellationToken.ThrowIfCancellationRequested();
        SliceDemand demand;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_slices.TryReserve(claim))
            {
                if (_slices.WantsRound)
                {
                    StartRounds();
                }

                return ValueTask.FromResult(BudgetDecision.Granted);
            }

            demand = new SliceDemand(claim);
            _slices.Demand(demand);
            StartRounds();
        }

        return AnswerAsync(demand, cancellationToken);
    }

    /// <inheritdoc/>
    internal override ValueTask SettleAsync(Guid claim, BudgetAmount actual, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (!_slices.Settle(claim, actual))
            {
                return ValueTask.CompletedTask;
            }

            StartRounds();
            return new ValueTask(_nextRound.Task.WaitAsync(cancellationToken));
        }
    }

    /// <inheritdoc/>
    internal override ValueTask ReleaseAsync(Guid claim, CancellationToken cancellationToken = default) => SettleAsync(claim, default, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>This process's slices are given back first, so that its next call is judged with the record. Other processes may spend what they have leased before.</remarks>
    internal override async ValueTask RecordAsync(BudgetClaim spent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spent);
        Dictionary<string, long> reach = new(StringComparer.Ordinal);
        foreach (BudgetLine line in spent.Lines)
        {
            reach[line.Account] = Math.Min(line.Slot.UtcTicks, reach.GetValueOrDefault(line.Account, long.MaxValue));
        }

        await ReturnAsync(slice => reach.ContainsKey(slice.Slot.Account), now: null).WaitAsync(cancellationToken).ConfigureAwait(false);
        await SweepNowAndThenAsync(spent.Time, cancellationToken).ConfigureAwait(false);
        await using PostgresBudgetRows rows = await PostgresBudgetRows.LockAsync(_source, reach, cancellationToken).ConfigureAwait(false);
        BudgetSlot[] slots = [.. spent.Lines.Select(line => BudgetStateMachine.SlotFor(rows.Accounts[line.Account], line, spent.Time, _observed))];
        foreach (BudgetSlot slot in await rows.AddRecordAsync(spent.Id, slots, cancellationToken).ConfigureAwait(false))
        {
            slot.Add(spent.Amount, default);
        }

        await rows.SaveAsync(isDurable: true, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>What other processes have leased and not used counts as reserved; what this one has is given back first.</remarks>
    internal override async ValueTask<(BudgetAmount Spent, BudgetAmount Reserved)> ReadAsync(BudgetLine line, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        await ReturnAsync(slice => slice.Slot.Account == line.Account, now).WaitAsync(cancellationToken).ConfigureAwait(false);
        var reach = new Dictionary<string, long> { [line.Account] = line.From.UtcTicks };
        await using PostgresBudgetRows rows = await PostgresBudgetRows.LockAsync(_source, reach, cancellationToken).ConfigureAwait(false);
        rows.Expire(now);
        await rows.SaveAsync(isDurable: false, cancellationToken).ConfigureAwait(false);
        return rows.Accounts[line.Account].Sum(line);
    }

    /// <summary>Gives back what lies unused of all slices. The next calls lease new ones.</summary>
    public async ValueTask ReturnAsync(CancellationToken cancellationToken = default) =>
        await ReturnAsync(static _ => true, now: null).WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Gives back what lies unused of all slices. Calls that are still open can be settled; new ones can't be made.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        AppDomain.CurrentDomain.ProcessExit -= ReturnAtExit;
        await _returns.DisposeAsync().ConfigureAwait(false);
        await ReturnAsync(static _ => true, now: null).ConfigureAwait(false);
    }

    private async ValueTask<BudgetDecision> AnswerAsync(SliceDemand demand, CancellationToken cancellationToken)
    {
        try
        {
            return await demand.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                demand.IsAbandoned = true;
                if (_slices.Settle(demand.Claim.Id, default))
                {
                    StartRounds();
                }
            }

            throw;
        }
    }

    private Task ReturnAsync(Func<BudgetSlice, bool> which, DateTimeOffset? now)
    {
        lock (_gate)
        {
            if (now is { } time)
            {
                _slices.Expire(time);
            }

            _slices.Return(which);
            if (!_slices.WantsRound && !_isRunning)
            {
                return Task.CompletedTask;
            }

            // The round that is under way has begun before this; what is to be returned goes with the next.
            Task done = _nextRound.Task;
            bool isWanted = _slices.WantsRound;
            StartRounds();
            return isWanted ? done : Task.CompletedTask;
        }
    }

    private void ReturnIdle()
    {
        lock (_gate)
        {
            if (_slices.ReturnIdle())
            {
                StartRounds();
            }
        }
    }

    private void ReturnAtExit(object? sender, EventArgs e)
    {
        try
        {
            DisposeAsync().AsTask().Wait(PatienceAtExit);
        }
        catch (AggregateException)
        {
            // The database is gone: what was leased counts as spent.
        }
    }

    // One round at a time: whatever is asked while it is under way goes with the next, in one transaction.
    private void StartRounds()
    {
        if (_isRunning)
        {
            return;
        }

        _isRunning = true;
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(RunRoundsAsync);
        }
    }

    private async Task RunRoundsAsync()
    {
        while (true)
        {
            SliceRound? round;
            TaskCompletionSource done;
            lock (_gate)
            {
                round = _slices.Begin();
                if (round is null)
                {
                    _isRunning = false;
                    return;
                }

                done = _nextRound;
                _nextRound = NewRound();
            }

            try
            {
                await AskAsync(round).ConfigureAwait(false);
                done.SetResult();
            }
            catch (Exception error)
            {
                lock (_gate)
                {
                    _slices.Fail(round, error);
                }

                done.SetException(error);
                _ = done.Task.Exception;
            }
        }
    }

    private async Task AskAsync(SliceRound round)
    {
        Interlocked.Increment(ref _rounds);
        await SweepNowAndThenAsync(round.Time, CancellationToken.None).ConfigureAwait(false);
        await using PostgresBudgetRows rows = await PostgresBudgetRows.LockAsync(_source, round.Reach(), CancellationToken.None).ConfigureAwait(false);
        var renewal = new SliceRenewal(rows.Accounts, rows.Leases, _options, Interlocked.Read(ref _observed), _serverTime?.Invoke() ?? rows.ServerTime);
        renewal.Apply(round);
        await rows.SaveAsync(renewal.HasToLast, CancellationToken.None).ConfigureAwait(false);
        lock (_gate)
        {
            _slices.Complete(round);
        }
    }

    private async ValueTask SweepNowAndThenAsync(DateTimeOffset callersTime, CancellationToken cancellationToken)
    {
        long now = _time.GetTimestamp();
        long last = Interlocked.Read(ref _lastSweep);
        if ((last != 0 && _time.GetElapsedTime(last, now) < BetweenSweeps) || Interlocked.CompareExchange(ref _lastSweep, Math.Max(1, now), last) != last)
        {
            return;
        }

        Interlocked.Exchange(ref _observed, await PostgresBudgetSweep.RunAsync(_source, callersTime, cancellationToken).ConfigureAwait(false));
    }

    private static TaskCompletionSource NewRound() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
