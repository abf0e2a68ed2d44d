using System.Globalization;
using Magsag.Runtime;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

/// <summary>Keeps budgets in a SQLite file that all processes of one machine share.</summary>
/// <remarks>
/// What was granted or settled survives the end of any process. The file must not lie on a network share.
/// Amounts stand there as exact decimals.
/// </remarks>
public sealed class SqliteBudgetStore : IBudgetStore, IDisposable
{
    private const int BusyMilliseconds = 60_000;
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LateAnswers = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = new(StringComparer.Ordinal);
    private DateTimeOffset _lastSweep;

    /// <summary>Opens or makes the file.</summary>
    /// <param name="path">The file; its directory has to exist.</param>
    /// <exception cref="SqliteException">The file can't be opened or isn't a SQLite file.</exception>
    public SqliteBudgetStore(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Run($"PRAGMA busy_timeout = {BusyMilliseconds}");
        Run("PRAGMA journal_mode = WAL");
        Run("PRAGMA synchronous = NORMAL");
        Run(SqliteBudgetSchema.Sql);
    }

    /// <inheritdoc/>
    public ValueTask<BudgetDecision> TryReserveAsync(BudgetClaim claim, CancellationToken cancellationToken = default)
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
    public ValueTask SettleAsync(Guid claim, BudgetAmount actual, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            InTransaction(() => Settle(claim.ToString("N"), actual));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(Guid claim, CancellationToken cancellationToken = default) => SettleAsync(claim, default, cancellationToken);

    /// <inheritdoc/>
    public ValueTask RecordAsync(BudgetClaim spent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spent);
        lock (_gate)
        {
            InTransaction(() => Record(spent));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<(BudgetAmount Spent, BudgetAmount Reserved)> ReadAsync(BudgetLine line, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        lock (_gate)
        {
            return ValueTask.FromResult(InTransaction(() =>
            {
                Expire(now);
                return Sum(line);
            }));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (SqliteCommand command in _commands.Values)
            {
                command.Dispose();
            }

            _commands.Clear();
            _connection.Dispose();
        }
    }

    private BudgetDecision Reserve(BudgetClaim claim)
    {
        foreach (BudgetLine line in claim.Lines)
        {
            (BudgetAmount spent, BudgetAmount reserved) = Sum(line);
            if (!line.Allows(spent + reserved + claim.Amount))
            {
                return new BudgetDecision(line, spent, reserved);
            }
        }

        foreach (BudgetLine line in claim.Lines)
        {
            Add(line.Account, line.Slot.UtcTicks, line.KeepUntil.UtcTicks, default, claim.Amount);
        }

        Run(
            "INSERT INTO budget_claims VALUES ($id, 0, $expires, $usd, $calls, $tokens, $slots)",
            ("$id", claim.Id.ToString("N")),
            ("$expires", claim.Expires.UtcTicks),
            ("$usd", Text(claim.Amount.Usd)),
            ("$calls", claim.Amount.Calls),
            ("$tokens", claim.Amount.Tokens),
            ("$slots", StoredClaim.TextOf(claim.Lines)));
        return BudgetDecision.Granted;
    }

    private bool Settle(string id, BudgetAmount actual)
    {
        if (Find(id) is not { } claim)
        {
            return false;
        }

        foreach ((string account, long start) in claim.Slots)
        {
            if (claim.IsCharged)
            {
                Add(account, start, 0, actual - claim.Amount, default);
            }
            else
            {
                Add(account, start, 0, actual, default(BudgetAmount) - claim.Amount);
            }
        }

        Run("DELETE FROM budget_claims WHERE id = $id", ("$id", id));
        return true;
    }

    private bool Record(BudgetClaim spent)
    {
        long keepUntil = spent.Lines.Count == 0 ? 0 : spent.Lines.Max(static line => line.KeepUntil.UtcTicks);
        if (Run("INSERT OR IGNORE INTO budget_records VALUES ($id, $keep)", ("$id", spent.Id.ToString("N")), ("$keep", keepUntil)) == 0)
        {
            return false;
        }

        foreach (BudgetLine line in spent.Lines)
        {
            Add(line.Account, line.Slot.UtcTicks, line.KeepUntil.UtcTicks, spent.Amount, default);
        }

        return true;
    }

    // Expiring moves the worst case from reserved to spent, so it changes no decision and needn't be done with each.
    private void SweepNowAndThen(DateTimeOffset now)
    {
        if ((now - _lastSweep).Duration() < BetweenSweeps)
        {
            return;
        }

        _lastSweep = now;
        InTransaction(() =>
        {
            Expire(now);
            Run("DELETE FROM budget_claims WHERE is_charged = 1 AND expires <= $until", ("$until", (now - LateAnswers).UtcTicks));
            Run("DELETE FROM budget_slots WHERE keep_until < $now AND reserved_calls = 0", ("$now", now.UtcTicks));
            return Run("DELETE FROM budget_records WHERE keep_until < $now", ("$now", now.UtcTicks));
        });
    }

    private void Expire(DateTimeOffset now)
    {
        List<string> expired = [];
        using (SqliteDataReader rows = Command("SELECT id FROM budget_claims WHERE is_charged = 0 AND expires <= $now", ("$now", now.UtcTicks)).ExecuteReader())
        {
            while (rows.Read())
            {
                expired.Add(rows.GetString(0));
            }
        }

        foreach (string id in expired)
        {
            StoredClaim claim = Find(id)!;
            foreach ((string account, long start) in claim.Slots)
            {
                Add(account, start, 0, claim.Amount, default(BudgetAmount) - claim.Amount);
            }

            Run("UPDATE budget_claims SET is_charged = 1 WHERE id = $id", ("$id", id));
        }
    }

    private StoredClaim? Find(string id)
    {
        using SqliteDataReader row = Command("SELECT usd, calls, tokens, is_charged, slots FROM budget_claims WHERE id = $id", ("$id", id)).ExecuteReader();
        return row.Read() ? new StoredClaim(AmountAt(row, 0), row.GetInt64(3) != 0, StoredClaim.SlotsOf(row.GetString(4))) : null;
    }

    private (BudgetAmount Spent, BudgetAmount Reserved) Sum(BudgetLine line)
    {
        BudgetAmount spent = default;
        BudgetAmount reserved = default;
        using SqliteDataReader rows = Command(
            "SELECT spent_usd, spent_calls, spent_tokens, reserved_usd, reserved_calls, reserved_tokens FROM budget_slots WHERE account = $account AND start >= $from AND start < $to",
            ("$account", line.Account),
            ("$from", line.From.UtcTicks),
            ("$to", line.To.UtcTicks)).ExecuteReader();
        while (rows.Read())
        {
            spent += AmountAt(rows, 0);
            reserved += AmountAt(rows, 3);
        }

        return (spent, reserved);
    }

    private void Add(string account, long start, long keepUntil, BudgetAmount spent, BudgetAmount reserved)
    {
        using (SqliteDataReader row = Command(
            "SELECT spent_usd, spent_calls, spent_tokens, reserved_usd, reserved_calls, reserved_tokens, keep_until FROM budget_slots WHERE account = $account AND start = $start",
            ("$account", account),
            ("$start", start)).ExecuteReader())
        {
            if (row.Read())
            {
                spent += AmountAt(row, 0);
                reserved += AmountAt(row, 3);
                keepUntil = Math.Max(keepUntil, row.GetInt64(6));
            }
        }

        Run(
            "INSERT OR REPLACE INTO budget_slots VALUES ($account, $start, $keep, $spent_usd, $spent_calls, $spent_tokens, $reserved_usd, $reserved_calls, $reserved_tokens)",
            ("$account", account),
            ("$start", start),
            ("$keep", keepUntil),
            ("$spent_usd", Text(spent.Usd)),
            ("$spent_calls", spent.Calls),
            ("$spent_tokens", spent.Tokens),
            ("$reserved_usd", Text(reserved.Usd)),
            ("$reserved_calls", reserved.Calls),
            ("$reserved_tokens", reserved.Tokens));
    }

    private static BudgetAmount AmountAt(SqliteDataReader row, int column) =>
        new(decimal.Parse(row.GetString(column), CultureInfo.InvariantCulture), row.GetInt64(column + 1), row.GetInt64(column + 2));

    private static string Text(decimal usd) => usd.ToString(CultureInfo.InvariantCulture);

    // IMMEDIATE takes the write lock before anything is read: nobody can spend what was just seen to be free.
    private T InTransaction<T>(Func<T> work)
    {
        Run("BEGIN IMMEDIATE");
        try
        {
            T result = work();
            Run("COMMIT");
            return result;
        }
        catch
        {
            Run("ROLLBACK");
            throw;
        }
    }

    private int Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters) => Command(sql, parameters).ExecuteNonQuery();

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out SqliteCommand? command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            foreach ((string name, object value) in parameters)
            {
                command.Parameters.AddWithValue(name, value);
            }

            _commands[sql] = command;
            return command;
        }

        for (int index = 0; index < parameters.Length; index++)
        {
            command.Parameters[index].Value = parameters[index].Value;
        }

        return command;
    }
}
