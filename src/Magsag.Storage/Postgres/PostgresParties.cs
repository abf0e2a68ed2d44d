using Npgsql;
using NpgsqlTypes;

namespace Magsag.Storage;

/// <summary>Finds the rows of parties, or makes them, and keeps which runs they have.</summary>
internal sealed class PostgresParties(NpgsqlConnection connection)
{
    private const int MostRemembered = 100_000;

    private readonly Dictionary<Party, long> _ids = [];

    /// <summary>Finds or makes the rows of parties; gives their ids in the same order.</summary>
    public async Task<long[]> IdsOfAsync(IReadOnlyList<Party> all, CancellationToken cancellationToken)
    {
        if (_ids.Count > MostRemembered)
        {
            _ids.Clear();
        }

        Dictionary<Guid, Party> missing = all.Where(party => !_ids.ContainsKey(party)).ToDictionary(static party => party.Key);
        if (missing.Count > 0)
        {
            await using var find = new NpgsqlCommand("SELECT key, id FROM party WHERE key = ANY (@keys)", connection);
            find.Parameters.AddWithValue("keys", missing.Keys.ToArray());
            await RememberAsync(find, missing, cancellationToken).ConfigureAwait(false);
        }

        if (missing.Count > 0)
        {
            await InsertAsync(missing, cancellationToken).ConfigureAwait(false);
        }

        return [.. all.Select(party => _ids[party])];
    }

    public async Task ExtendAsync(RunPartyChanges changes, CancellationToken cancellationToken)
    {
        var begun = new PostgresRows(("id", NpgsqlDbType.Bigint), ("runs", NpgsqlDbType.Bigint));
        foreach ((long party, long runs) in changes.Begun)
        {
            begun.Add(party, runs);
        }

        await using NpgsqlCommand count = begun.Command(connection, $"UPDATE party p SET runs = p.runs + x.runs FROM {begun.From} WHERE p.id = x.id");
        await count.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        if (changes.Joined.Count == 0)
        {
            return;
        }

        var joined = new PostgresRows(("party", NpgsqlDbType.Bigint), ("main", NpgsqlDbType.Bigint), ("run", NpgsqlDbType.Bigint));
        foreach ((long party, long main, long run) in changes.Joined)
        {
            joined.Add(party, main, run);
        }

        await using NpgsqlCommand join = joined.Command(connection, $"INSERT INTO run_party ({joined.Columns}) SELECT {joined.Columns} FROM {joined.From} ON CONFLICT DO NOTHING");
        await join.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Forgets rows that a transaction made that didn't commit.</summary>
    public void Forget() => _ids.Clear();

    private async Task InsertAsync(Dictionary<Guid, Party> missing, CancellationToken cancellationToken)
    {
        const NpgsqlDbType Text = NpgsqlDbType.Text;
        var rows = new PostgresRows(("key", NpgsqlDbType.Uuid), ("agent", Text), ("customer", Text), ("model", Text), ("requested_model", Text), ("runs", NpgsqlDbType.Bigint));
        foreach ((Guid key, Party party) in missing)
        {
            rows.Add(key, party.Agent, party.Customer, party.Model, party.RequestedModel, 0L);
        }

        await using NpgsqlCommand insert = rows.Command(connection, $"INSERT INTO party ({rows.Columns}) SELECT {rows.Columns} FROM {rows.From} RETURNING key, id");
        await RememberAsync(insert, missing, cancellationToken).ConfigureAwait(false);
    }

    private async Task RememberAsync(NpgsqlCommand command, Dictionary<Guid, Party> missing, CancellationToken cancellationToken)
    {
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            missing.Remove(row.GetGuid(0), out Party party);
            _ids[party] = row.GetInt64(1);
        }
    }
}
