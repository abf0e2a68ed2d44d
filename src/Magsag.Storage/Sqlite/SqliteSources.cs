using Magsag.Ledger.Lines;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage;

/// <summary>What the store knows about ledger files.</summary>
internal sealed class SqliteSources : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _insert;
    private readonly SqliteStatement _advance;

    public SqliteSources(SqliteConnection connection)
    {
        _connection = connection;
        _insert = new SqliteStatement(connection, "INSERT INTO source (origin, modified, byte_offset, lines, tail, unknown_lines, identity) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
        _advance = new SqliteStatement(connection, "UPDATE source SET origin = ?, modified = ?, byte_offset = ?, lines = ?, tail = ?, unknown_lines = unknown_lines + ? WHERE identity = ? AND byte_offset = ? AND tail = ?");
    }

    public SourceIndex ReadAll()
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT identity, origin, modified, byte_offset, lines, tail FROM source";
        using SqliteDataReader row = command.ExecuteReader();
        List<SourceState> states = [];
        while (row.Read())
        {
            states.Add(new SourceState(IdOf(row, 0), row.GetString(1), row.GetInt64(2), new LedgerPosition(row.GetInt64(3), row.GetInt32(4)), IdOf(row, 5)));
        }

        return new SourceIndex(states);
    }

    /// <summary>Notes a stretch as read; false when another ingester has read on in the file.</summary>
    public bool TryAdvance(SourceSpan span)
    {
        if (span.State is not { } state)
        {
            return true;
        }

        SqliteStatement statement = span.Expected is null ? _insert : _advance;
        statement.Bind(StorableText.Of(state.Origin)).Bind(state.Modified).Bind(state.Position.Offset).Bind(state.Position.Lines).Bind(state.Tail).Bind(span.UnknownLines).Bind(state.Identity);
        if (span.Expected is { } expected)
        {
            statement.Bind(expected.Position.Offset).Bind(expected.Tail);
        }

        return statement.Run();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _advance.Dispose();
    }

    private static Guid IdOf(SqliteDataReader row, int column) => new((byte[])row.GetValue(column), bigEndian: true);
}
