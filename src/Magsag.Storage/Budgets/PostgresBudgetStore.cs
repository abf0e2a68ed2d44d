using Magsag.Runtime;
using Npgsql;
using NpgsqlTypes;

namespace Magsag.Storage;

/// <summary>Keeps budgets in PostgreSQL, for processes on many machines.</summary>
/// <remarks>Processes whose clocks differ see days begin at different moments; keep their clocks in step.</remarks>
public sealed class PostgresBudgetStore : IBudgetStore
{
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LateAnswers = TimeSpan.FromHours(1);

    private readonly NpgsqlDataSource _source;
    private long _lastSweep;

    private PostgresBudgetStore(NpgsqlDataSource source) => _source = source;

    /// <summary>Opens the store and makes its tables where they don't exist.</summary>
    /// <param name="source">The database; whoever made it disposes it.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="NpgsqlException">The database can't be reached or refuses.</exception>
    public static async Task<PostgresBudgetStore> OpenAsync(NpgsqlDataSource source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
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
        return new PostgresBudgetStore(source);
    }

    /// <inheritdoc/>
    public async ValueTask<BudgetDecision> TryReserveAsync(BudgetClaim claim, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(claim);
        await SweepNowAndThenAsync(claim.Time, cancellationToken).ConfigureAwait(false);
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlCommand("SELECT refusing, s_usd, s_calls, s_tokens, r_usd, r_calls, r_tokens FROM magsag_budget_reserve($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)", connection);
        command.Parameters.AddWithValue(claim.Id);
        command.Parameters.AddWithValue(claim.Expires.UtcTicks);
        AddAmount(command, claim.Amount);
        AddLines(command, claim.Lines, static line => line.Account, NpgsqlDbType.Text);
        AddLines(command, claim.Lines, static line => line.Slot.UtcTicks, NpgsqlDbType.Bigint);
        AddLines(command, claim.Lines, static line => line.From.UtcTicks, NpgsqlDbType.Bigint);
        AddLines(command, claim.Lines, static line => line.To.UtcTicks, NpgsqlDbType.Bigint);
        AddLines(command, claim.Lines, static line => line.KeepUntil.UtcTicks, NpgsqlDbType.Bigint);
        AddLines(command, claim.Lines, static line => line.MaxUsd, NpgsqlDbType.Numeric);
        AddLines(command, claim.Lines, static line => line.MaxCalls, NpgsqlDbType.Bigint);
        AddLines(command, claim.Lines, static line => line.MaxTokens, NpgsqlDbType.Bigint);
        await command.PrepareAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        return row.IsDBNull(0)
            ? BudgetDecision.Granted
            : new BudgetDecision(claim.Lines[row.GetInt32(0) - 1], AmountAt(row, 1), AmountAt(row, 4));
    }

    /// <inheritdoc/>
    public async ValueTask SettleAsync(Guid claim, BudgetAmount actual, CancellationToken cancellationToken = default)
    {
        await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var command = new NpgsqlCommand("SELECT magsag_budget_settle($1, $2, $3, $4)", connection);
        command.Parameters.AddWithValue(claim);
        AddAmount(command, actual);
        await command.PrepareAsync(cancellationToken).ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask ReleaseAsync(Guid claim, CancellationToken cancellationToken = default) => SettleAsync(claim, default, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask RecordAsync(BudgetClaim spent, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spent);
        await using NpgsqlCommand command = _source.CreateCommand("SELECT magsag_budget_record($1, $2, $3, $4, $5, $6, $7)");
        command.Parameters.AddWithValue(spent.Id);
        AddAmount(command, spent.Amount);
        AddLines(command, spent.Lines, static line => line.Account, NpgsqlDbType.Text);
        AddLines(command, spent.Lines, static line => line.Slot.UtcTicks, NpgsqlDbType.Bigint);
        AddLines(command, spent.Lines, static line => line.KeepUntil.UtcTicks, NpgsqlDbType.Bigint);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<(BudgetAmount Spent, BudgetAmount Reserved)> ReadAsync(BudgetLine line, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        await ExpireAsync(now, cancellationToken).ConfigureAwait(false);
        await using NpgsqlCommand command = _source.CreateCommand("""
            SELECT coalesce(sum(spent_usd), 0), coalesce(sum(spent_calls), 0)::bigint, coalesce(sum(spent_tokens), 0)::bigint,
                   coalesce(sum(reserved_usd), 0), coalesce(sum(reserved_calls), 0)::bigint, coalesce(sum(reserved_tokens), 0)::bigint
            FROM magsag_budget_slots WHERE account = $1 AND start >= $2 AND start < $3
            """);
        command.Parameters.AddWithValue(line.Account);
        command.Parameters.AddWithValue(line.From.UtcTicks);
        command.Parameters.AddWithValue(line.To.UtcTicks);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (AmountAt(row, 0), AmountAt(row, 3));
    }

    // Expiring moves the worst case from reserved to spent, so it changes no decision and needn't be done with each.
    private async ValueTask SweepNowAndThenAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        long last = Interlocked.Read(ref _lastSweep);
        if (Math.Abs(now.UtcTicks - last) < BetweenSweeps.Ticks || Interlocked.CompareExchange(ref _lastSweep, now.UtcTicks, last) != last)
        {
            return;
        }

        await ExpireAsync(now, cancellationToken).ConfigureAwait(false);
        await using NpgsqlBatch batch = _source.CreateBatch();
        Add(batch, "DELETE FROM magsag_budget_claims WHERE is_charged AND expires <= $1", (now - LateAnswers).UtcTicks);
        Add(batch, "DELETE FROM magsag_budget_slots WHERE keep_until < $1 AND reserved_calls = 0", now.UtcTicks);
        Add(batch, "DELETE FROM magsag_budget_records WHERE keep_until < $1", now.UtcTicks);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    // Each claim is expired in a transaction of its own: none holds the locks of two claims, so none can wait in a circle.
    private async ValueTask ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        List<Guid> expired = [];
        await using (NpgsqlCommand find = _source.CreateCommand("SELECT id FROM magsag_budget_claims WHERE NOT is_charged AND expires <= $1"))
        {
            find.Parameters.AddWithValue(now.UtcTicks);
            await using NpgsqlDataReader rows = await find.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                expired.Add(rows.GetGuid(0));
            }
        }

        foreach (Guid id in expired)
        {
            await using NpgsqlCommand expire = _source.CreateCommand("SELECT magsag_budget_expire($1, $2)");
            expire.Parameters.AddWithValue(id);
            expire.Parameters.AddWithValue(now.UtcTicks);
            await expire.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Add(NpgsqlBatch batch, string sql, long parameter)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddWithValue(parameter);
        batch.BatchCommands.Add(command);
    }

    private static void AddAmount(NpgsqlCommand command, BudgetAmount amount)
    {
        command.Parameters.AddWithValue(amount.Usd);
        command.Parameters.AddWithValue(amount.Calls);
        command.Parameters.AddWithValue(amount.Tokens);
    }

    private static void AddLines<T>(NpgsqlCommand command, IReadOnlyList<BudgetLine> lines, Func<BudgetLine, T> part, NpgsqlDbType type)
    {
        var values = new T[lines.Count];
        for (int index = 0; index < values.Length; index++)
        {
            values[index] = part(lines[index]);
        }

        command.Parameters.Add(new NpgsqlParameter { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private static BudgetAmount AmountAt(NpgsqlDataReader row, int column) => new(row.GetDecimal(column), row.GetInt64(column + 1), row.GetInt64(column + 2));
}
