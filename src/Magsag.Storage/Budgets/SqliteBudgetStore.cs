using Magsag.Runtime;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Budgets;

/// <summary>Keeps budgets in a SQLite file that all processes of one machine share.</summary>
/// <remarks>
/// What was granted or settled survives the end of any process. The file must not lie on a network share.
/// Amounts stand there as exact decimals.
/// </remarks>
public sealed class SqliteBudgetStore : BudgetStore, IDisposable
{
    private const int BusyMilliseconds = 60_000;
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteBudgetRows _rows;
    private readonly TimeProvider _time;
    private long? _lastSweep;
    private long _observed;

    /// <summary>Opens or makes the file.</summary>
    /// <param name="path">The file; its directory has to exist.</param>
    /// <exception cref="SqliteException">The file can't be opened or isn't a SQLite file.</exception>
    public SqliteBudgetStore(string path)
        : this(path, TimeProvider.System)
    {
    }

    internal SqliteBudgetStore(string path, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _time = time;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _rows = new SqliteBudgetRows(_connection);
        _connection.Open();
        _rows.Run($"PRAGMA busy_timeout = {BusyMilliseconds}");
        _rows.Run("PRAGMA journal_mode = WAL");
        _rows.Run("PRAGMA synchronous = NORMAL");
        _rows.Run(SqliteBudgetSchema.Sql);
    }

    /// <inheritdoc/>
    internal override ValueTask<BudgetDecision> TryReserveAsync(BudgetClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            SweepNowAndThen(claim.Time);
            return ValueTask.FromResult(InTransaction(() => Reserve(claim)));
        }
    }

    /// <inheritdoc/>
    internal override ValueTask SettleAsync(Guid claim, BudgetAmount actual, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            InTransaction(() => Settle(claim, actual));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    internal override ValueTask ReleaseAsync(Guid claim, CancellationToken cancellationToken = default) => SettleAsync(claim, default, cancellationToken);

    /// <inheritdoc/>
    internal override ValueTask RecordAsync(BudgetClaim spent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spent);
        lock (_gate)
        {
            SweepNowAndThen(spent.Time);
            InTransaction(() => Record(spent));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    internal override ValueTask<(BudgetAmount Spent, BudgetAmount Reserved)> ReadAsync(BudgetLine line, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        lock (_gate)
        {
            return ValueTask.FromResult(InTransaction(() =>
            {
                Expire(now);
                return _rows.Account(line).Sum(line);
            }));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _rows.Dispose();
            _connection.Dispose();
        }
    }

    private BudgetDecision Reserve(BudgetClaim claim)
    {
        // A caller that didn't hear the first answer asks again.
        if (_rows.Claim(claim.Id) is not null)
        {
            return BudgetDecision.Granted;
        }

        BudgetAccount[] accounts = [.. claim.Lines.Select(_rows.Account)];
        BudgetDecision decision = BudgetStateMachine.Reserve(claim, accounts, _observed, out OpenClaim? open);
        if (open is not null)
        {
            Save(open);
            _rows.Save(open);
        }

        return decision;
    }

    private bool Settle(Guid id, BudgetAmount actual)
    {
        if (_rows.Claim(id) is not { } claim)
        {
            return false;
        }

        BudgetStateMachine.Settle(claim, actual);
        Save(claim);
        _rows.Delete(claim);
        return true;
    }

    private bool Record(BudgetClaim spent)
    {
        foreach (BudgetLine line in spent.Lines)
        {
            BudgetSlot slot = _rows.Slot(line.Account, line.Slot.UtcTicks);
            slot.KeepFor(line, spent.Time, _observed);
            if (_rows.AddRecord(slot, spent.Id))
            {
                slot.Add(spent.Amount, default);
                _rows.Save(slot);
            }
        }

        return true;
    }

    // Expiring moves the worst case from reserved to spent, so it changes no decision and needn't be done with each.
    private void SweepNowAndThen(DateTimeOffset now)
    {
        long timestamp = _time.GetTimestamp();
        if (_lastSweep is { } last && _time.GetElapsedTime(last, timestamp) < BetweenSweeps)
        {
            return;
        }

        _lastSweep = timestamp;
        _observed = InTransaction(() =>
        {
            Expire(now);
            return _rows.Sweep(_time.GetUtcNow());
        });
    }

    private void Expire(DateTimeOffset now)
    {
        foreach (Guid id in _rows.ExpiredClaims(now))
        {
            OpenClaim claim = _rows.Claim(id)!;
            BudgetStateMachine.Expire(claim, now);
            Save(claim);
            _rows.Save(claim);
        }
    }

    private void Save(OpenClaim claim)
    {
        foreach (BudgetSlot slot in claim.Slots)
        {
            _rows.Save(slot);
        }
    }

    // IMMEDIATE takes the write lock before anything is read: nobody can spend what was just seen to be free.
    private T InTransaction<T>(Func<T> work)
    {
        _rows.Run("BEGIN IMMEDIATE");
        try
        {
            T result = work();
            _rows.Run("COMMIT");
            return result;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    // SQLite rolls some failures back by itself; then there is nothing to roll back, and what failed is what the caller has to hear.
    private void RollBack()
    {
        try
        {
            _rows.Run("ROLLBACK");
        }
        catch (SqliteException)
        {
        }
    }
}
