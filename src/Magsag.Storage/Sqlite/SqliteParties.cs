using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

/// <summary>Finds the row of a party, or makes it, and keeps which runs it has.</summary>
internal sealed class SqliteParties : IDisposable
{
    private const int MostRemembered = 100_000;

    private readonly Dictionary<Party, long> _ids = [];
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _count;
    private readonly SqliteStatement _join;

    public SqliteParties(SqliteConnection connection)
    {
        _insert = new SqliteStatement(connection, "INSERT INTO party (key, agent, customer, model, requested_model, runs) VALUES (?, ?, ?, ?, ?, 0) RETURNING id");
        _find = new SqliteStatement(connection, "SELECT id FROM party WHERE key = ?");
        _count = new SqliteStatement(connection, "UPDATE party SET runs = runs + ? WHERE id = ?");
        _join = new SqliteStatement(connection, "INSERT INTO run_party (party, main, run) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
    }

    public long IdOf(Party party)
    {
        if (_ids.TryGetValue(party, out long id))
        {
            return id;
        }

        if (_ids.Count >= MostRemembered)
        {
            _ids.Clear();
        }

        Guid key = party.Key;
        return _ids[party] = _find.Bind(key).First(static row => (long?)row.Number(0))
            ?? _insert.Bind(key).Bind(party.Agent).Bind(party.Customer).Bind(party.Model).Bind(party.RequestedModel).First(static row => row.Number(0));
    }

    public void Extend(RunPartyChanges changes)
    {
        foreach ((long party, long runs) in changes.Begun)
        {
            _count.Bind(runs).Bind(party).Run();
        }

        foreach ((long party, long main, long run) in changes.Joined)
        {
            _join.Bind(party).Bind(main).Bind(run).Run();
        }
    }

    /// <summary>Forgets rows that a transaction made that didn't commit.</summary>
    public void Forget() => _ids.Clear();

    public void Dispose()
    {
        _insert.Dispose();
        _find.Dispose();
        _count.Dispose();
        _join.Dispose();
    }
}
