using Magsag.Runtime;
using Npgsql;
using NpgsqlTypes;

namespace Magsag.Storage.Budgets.Slices;

/// <summary>The rows of some accounts in PostgreSQL, from when they are locked and loaded until they are saved.</summary>
/// <remarks>Two round trips: one begins, locks and loads, one saves and commits. A connection that is given back without the second is rolled back.</remarks>
internal sealed class PostgresBudgetRows : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly Dictionary<string, BudgetAccount> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, BudgetLease> _leases = [];

    private PostgresBudgetRows(NpgsqlConnection connection) => _connection = connection;

    public IReadOnlyDictionary<string, BudgetAccount> Accounts => _accounts;

    public Dictionary<Guid, BudgetLease> Leases => _leases;

    /// <summary>The server's clock, in ticks.</summary>
    public long ServerTime { get; private set; }

    /// <summary>Locks accounts and loads their slots and leases.</summary>
    /// <param name="source">The database.</param>
    /// <param name="reach">The accounts, and the first slot of each that has to be known.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public static async Task<PostgresBudgetRows> LockAsync(NpgsqlDataSource source, IReadOnlyDictionary<string, long> reach, CancellationToken cancellationToken)
    {
        var rows = new PostgresBudgetRows(await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false));
        try
        {
            await rows.LoadAsync(reach, cancellationToken).ConfigureAwait(false);
            return rows;
        }
        catch
        {
            await rows.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Counts as spent what of the leases has expired.</summary>
    public void Expire(DateTimeOffset now)
    {
        foreach (BudgetLease lease in _leases.Values)
        {
            lease.IsChanged |= BudgetStateMachine.Expire(lease.Claim, now);
        }
    }

    /// <summary>Remembers which of a record's slots don't have it yet.</summary>
    public async Task<IReadOnlyList<BudgetSlot>> AddRecordAsync(Guid id, IReadOnlyList<BudgetSlot> slots, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO magsag_budget_records SELECT account, start, $3 FROM unnest($1, $2) AS s(account, start) ON CONFLICT DO NOTHING RETURNING account, start",
            _connection);
        command.Parameters.Add(Texts(slots.Select(static slot => slot.Account)));
        command.Parameters.Add(Numbers(slots.Select(static slot => slot.Start)));
        command.Parameters.AddWithValue(id);
        List<BudgetSlot> added = [];
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            added.Add(_accounts[row.GetString(0)].SlotAt(row.GetInt64(1)));
        }

        return added;
    }

    /// <summary>Saves what changed.</summary>
    /// <param name="isDurable">False when a crash of the server may take it back: nobody waits for the disk then.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public async Task SaveAsync(bool isDurable, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(_connection);
        if (!isDurable)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SET LOCAL synchronous_commit = off"));
        }

        AddSlots(batch, [.. _accounts.Values.SelectMany(static account => account.Slots).Where(static slot => slot.IsChanged)]);
        AddLeases(batch, [.. _leases.Values.Where(static lease => lease is { IsChanged: true, IsEnded: false })]);
        AddEnded(batch, [.. _leases.Values.Where(static lease => lease.IsEnded).Select(static lease => lease.Claim.Id)]);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task LoadAsync(IReadOnlyDictionary<string, long> reach, CancellationToken cancellationToken)
    {
        string[] names = [.. reach.Keys];
        await using var batch = new NpgsqlBatch(_connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("BEGIN"));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT magsag_budget_lock($1)") { Parameters = { Texts(names) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            SELECT s.account, s.start, s.forget_at, s.spent_usd, s.spent_calls, s.spent_tokens, s.reserved_usd, s.reserved_calls, s.reserved_tokens
            FROM (SELECT w.account, least(w.since, min(l.since), min(l.start)) AS since
                  FROM unnest($1, $2) AS w(account, since) LEFT JOIN magsag_budget_leases l ON l.account = w.account
                  GROUP BY w.account, w.since) AS w
                JOIN magsag_budget_slots s ON s.account = w.account AND s.start >= w.since
            """) { Parameters = { Texts(names), Numbers(reach.Values) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            SELECT s.id, s.account, s.start, s.is_charged, s.expires, s.forget_at, s.usd, s.calls, s.tokens, s.settled_usd, s.settled_calls, s.settled_tokens, s.allowed_usd, s.allowed_calls, s.allowed_tokens, s.valid_until, s.since
            FROM unnest($1) AS w(account) JOIN magsag_budget_leases s ON s.account = w.account
            """) { Parameters = { Texts(names) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT (extract(epoch FROM clock_timestamp()) * 10000000)::bigint"));
        foreach (string name in names)
        {
            _accounts[name] = new BudgetAccount(name);
        }

        await using NpgsqlDataReader row = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await row.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            _accounts[row.GetString(0)].SlotAt(row.GetInt64(1)).Load(row.GetInt64(2), AmountAt(row, 3), AmountAt(row, 6));
        }

        await row.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var claim = new OpenClaim
            {
                Id = row.GetGuid(0),
                Slots = [_accounts[row.GetString(1)].SlotAt(row.GetInt64(2))],
                IsCharged = row.GetBoolean(3),
                Expires = row.GetInt64(4),
                ForgetAt = row.GetInt64(5),
                Amount = AmountAt(row, 6),
                Settled = AmountAt(row, 9),
            };
            _leases[claim.Id] = new BudgetLease(claim) { Allowed = AmountAt(row, 12), ValidUntil = row.GetInt64(15), Since = row.GetInt64(16) };
        }

        await row.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        ServerTime = row.GetInt64(0);
    }

    private static void AddSlots(NpgsqlBatch batch, IReadOnlyList<BudgetSlot> slots)
    {
        if (slots.Count == 0)
        {
            return;
        }

        var command = new NpgsqlBatchCommand("""
            INSERT INTO magsag_budget_slots SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (account, start) DO UPDATE SET forget_at = excluded.forget_at,
                spent_usd = excluded.spent_usd, spent_calls = excluded.spent_calls, spent_tokens = excluded.spent_tokens,
                reserved_usd = excluded.reserved_usd, reserved_calls = excluded.reserved_calls, reserved_tokens = excluded.reserved_tokens
            """);
        command.Parameters.Add(Texts(slots.Select(static slot => slot.Account)));
        command.Parameters.Add(Numbers(slots.Select(static slot => slot.Start)));
        command.Parameters.Add(Numbers(slots.Select(static slot => slot.ForgetAt)));
        AddAmounts(command, slots.Select(static slot => slot.Spent));
        AddAmounts(command, slots.Select(static slot => slot.Reserved));
        batch.BatchCommands.Add(command);
    }

    private static void AddLeases(NpgsqlBatch batch, IReadOnlyList<BudgetLease> leases)
    {
        if (leases.Count == 0)
        {
            return;
        }

        var command = new NpgsqlBatchCommand("""
            INSERT INTO magsag_budget_leases SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            ON CONFLICT (id) DO UPDATE SET is_charged = excluded.is_charged, expires = excluded.expires, forget_at = excluded.forget_at,
                usd = excluded.usd, calls = excluded.calls, tokens = excluded.tokens,
                settled_usd = excluded.settled_usd, settled_calls = excluded.settled_calls, settled_tokens = excluded.settled_tokens,
                allowed_usd = excluded.allowed_usd, allowed_calls = excluded.allowed_calls, allowed_tokens = excluded.allowed_tokens,
                valid_until = excluded.valid_until, since = excluded.since
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = leases.Select(static lease => lease.Claim.Id).ToArray() });
        command.Parameters.Add(Texts(leases.Select(static lease => lease.Claim.Slots[0].Account)));
        command.Parameters.Add(Numbers(leases.Select(static lease => lease.Claim.Slots[0].Start)));
        command.Parameters.Add(new NpgsqlParameter { Value = leases.Select(static lease => lease.Claim.IsCharged).ToArray() });
        command.Parameters.Add(Numbers(leases.Select(static lease => lease.Claim.Expires)));
        command.Parameters.Add(Numbers(leases.Select(static lease => lease.Claim.ForgetAt)));
        AddAmounts(command, leases.Select(static lease => lease.Claim.Amount));
        AddAmounts(command, leases.Select(static lease => lease.Claim.Settled));
        AddAmounts(command, leases.Select(static lease => lease.Allowed));
        command.Parameters.Add(Numbers(leases.Select(static lease => lease.ValidUntil)));
        command.Parameters.Add(Numbers(leases.Select(static lease => lease.Since)));
        batch.BatchCommands.Add(command);
    }

    private static void AddEnded(NpgsqlBatch batch, Guid[] ids)
    {
        if (ids.Length > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand("DELETE FROM magsag_budget_leases WHERE id = ANY($1)") { Parameters = { new NpgsqlParameter { Value = ids } } });
        }
    }

    private static void AddAmounts(NpgsqlBatchCommand command, IEnumerable<BudgetAmount> amounts)
    {
        command.Parameters.Add(new NpgsqlParameter { Value = amounts.Select(static amount => amount.Usd).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Numeric });
        command.Parameters.Add(Numbers(amounts.Select(static amount => amount.Calls)));
        command.Parameters.Add(Numbers(amounts.Select(static amount => amount.Tokens)));
    }

    private static NpgsqlParameter Texts(IEnumerable<string> texts) => new() { Value = texts.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Numbers(IEnumerable<long> numbers) => new() { Value = numbers.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };

    private static BudgetAmount AmountAt(NpgsqlDataReader row, int column) => new(row.GetDecimal(column), row.GetInt64(column + 1), row.GetInt64(column + 2));
}
