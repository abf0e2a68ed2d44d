using Magsag.Ledger.Records;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

/// <summary>Finds the row of a run, or makes it, and keeps what is known of the run up to date.</summary>
internal sealed class SqliteRuns : IDisposable
{
    private const int MostRemembered = 100_000;

    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _find;
    private readonly SqliteStatement _read;
    private readonly SqliteStatement _update;

    public SqliteRuns(SqliteConnection connection)
    {
        _insert = new SqliteStatement(connection, "INSERT INTO run (run_id) VALUES (?) RETURNING id");
        _find = new SqliteStatement(connection, "SELECT id FROM run WHERE run_id = ?");
        _read = new SqliteStatement(connection, "SELECT first_ts, first_id, agent, customer, last_ts, last_id, outcome, party FROM run WHERE id = ? AND first_ts IS NOT NULL");
        _update = new SqliteStatement(connection, "UPDATE run SET first_ts = ?, first_id = ?, agent = ?, customer = ?, last_ts = ?, last_id = ?, outcome = ?, party = ? WHERE id = ?");
    }

    public long IdOf(string run)
    {
        if (_ids.TryGetValue(run, out long id))
        {
            return id;
        }

        if (_ids.Count >= MostRemembered)
        {
            _ids.Clear();
        }

        return _ids[run] = _find.Bind(run).First(static row => (long?)row.Number(0)) ?? _insert.Bind(run).First(static row => row.Number(0));
    }

    /// <summary>Adds what a batch has of a run; gives what is known of it then.</summary>
    public RunState Extend(long id, in RunState added, RunDayChanges days, RunPartyChanges parties)
    {
        RunState? before = _read.Bind(id).First(Read);
        RunState after = before?.With(added) ?? added;
        days.Move(before, after);
        parties.Add(id, before?.Party, added.Party);
        _update.Bind(after.First.Ticks).Bind(after.First.Id).Bind(after.Agent).Bind(after.Customer).Bind(after.Last.Ticks).Bind(after.Last.Id).Bind((long)after.Outcome).Bind(after.Party).Bind(id).Run();
        return after;
    }

    /// <summary>Forgets rows that a transaction made that didn't commit.</summary>
    public void Forget() => _ids.Clear();

    public void Dispose()
    {
        _insert.Dispose();
        _find.Dispose();
        _read.Dispose();
        _update.Dispose();
    }

    private static RunState? Read(SqliteStatement row) =>
        new RunState(new RecordCursor(row.Number(0), row.Id(1)), row.Text(2), row.Text(3), new RecordCursor(row.Number(4), row.Id(5)), (CallOutcome)row.Number(6)) { Party = row.IsNull(7) ? null : row.Number(7) };
}
