using Magsag.Ledger.Records;
using Npgsql;
using NpgsqlTypes;

namespace Magsag.Storage;

/// <summary>Finds the rows of a batch's runs, or makes them, and keeps what is known of the runs up to date.</summary>
internal sealed class PostgresRuns(NpgsqlConnection connection)
{
    private readonly Dictionary<string, (long Id, RunState? State)> _known = new(StringComparer.Ordinal);

    /// <summary>Finds or makes the rows of a batch's runs; gives their ids in the same order.</summary>
    public async Task<long[]> IdsOfAsync(IReadOnlyList<string> runs, CancellationToken cancellationToken)
    {
        _known.Clear();
        await ReadAsync("SELECT run_id, id, first_ts, first_id, agent, customer, last_ts, last_id, outcome, party FROM run WHERE run_id = ANY (@names)", [.. runs], cancellationToken).ConfigureAwait(false);
        string[] missing = [.. runs.Where(run => !_known.ContainsKey(run))];
        if (missing.Length > 0)
        {
            await ReadAsync("INSERT INTO run (run_id) SELECT unnest(@names) RETURNING run_id, id, first_ts", missing, cancellationToken).ConfigureAwait(false);
        }

        return [.. runs.Select(run => _known[run].Id)];
    }

    /// <summary>Adds what a batch has of each run; tells how the number of runs per day and the parties of runs change by it.</summary>
    public async Task<RunDayChanges> ExtendAsync(IEnumerable<(string Run, RunState Added)> runs, RunPartyChanges parties, CancellationToken cancellationToken)
    {
        var changes = new RunDayChanges();
        var rows = new PostgresRows(
            ("id", NpgsqlDbType.Bigint), ("first_ts", NpgsqlDbType.Bigint), ("first_id", NpgsqlDbType.Uuid), ("agent", NpgsqlDbType.Text), ("customer", NpgsqlDbType.Text),
            ("last_ts", NpgsqlDbType.Bigint), ("last_id", NpgsqlDbType.Uuid), ("outcome", NpgsqlDbType.Integer), ("party", NpgsqlDbType.Bigint));
        foreach ((string run, RunState added) in runs)
        {
            (long id, RunState? before) = _known[run];
            RunState after = before?.With(added) ?? added;
            changes.Move(before, after);
            parties.Add(id, before?.Party, added.Party);
            _known[run] = (id, after);
            rows.Add(id, after.First.Ticks, after.First.Id, after.Agent, after.Customer, after.Last.Ticks, after.Last.Id, (int)after.Outcome, after.Party);
        }

        await using NpgsqlCommand command = rows.Command(connection,
            $"UPDATE run r SET first_ts = x.first_ts, first_id = x.first_id, agent = x.agent, customer = x.customer, last_ts = x.last_ts, last_id = x.last_id, outcome = x.outcome, party = x.party FROM {rows.From} WHERE r.id = x.id");
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return changes;
    }

    /// <summary>The main party of a run of the batch.</summary>
    public long? MainPartyOf(string run) => _known[run].State?.Party;

    private async Task ReadAsync(string sql, string[] names, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddWithValue("names", names);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            _known[row.GetString(0)] = (row.GetInt64(1), row.IsDBNull(2) ? null : StateOf(row));
        }
    }

    private static RunState StateOf(NpgsqlDataReader row) => new(
        new RecordCursor(row.GetInt64(2), row.GetGuid(3)),
        row.IsDBNull(4) ? null : row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5),
        new RecordCursor(row.GetInt64(6), row.GetGuid(7)),
        (CallOutcome)row.GetInt32(8)) { Party = row.IsDBNull(9) ? null : row.GetInt64(9) };
}
