using Magsag.Ledger.Lines;
using Npgsql;

namespace Magsag.Storage;

/// <summary>What the store knows about ledger files.</summary>
internal sealed class PostgresSources(NpgsqlConnection connection)
{
    public async Task<SourceIndex> ReadAllAsync(CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT identity, origin, modified, byte_offset, lines, tail FROM source", connection);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<SourceState> states = [];
        while (await row.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            states.Add(new SourceState(row.GetGuid(0), row.GetString(1), row.GetInt64(2), new LedgerPosition(row.GetInt64(3), row.GetInt32(4)), row.GetGuid(5)));
        }

        return new SourceIndex(states);
    }

    /// <summary>Notes a stretch as read; false when another ingester has read on in the file.</summary>
    public async Task<bool> TryAdvanceAsync(SourceSpan span, CancellationToken cancellationToken)
    {
        if (span.State is not { } state)
        {
            return true;
        }

        await using var command = new NpgsqlCommand(span.Expected is null
            ? "INSERT INTO source (origin, modified, byte_offset, lines, tail, unknown_lines, identity) VALUES (@origin, @modified, @offset, @lines, @tail, @unknown, @identity) ON CONFLICT DO NOTHING"
            : "UPDATE source SET origin = @origin, modified = @modified, byte_offset = @offset, lines = @lines, tail = @tail, unknown_lines = unknown_lines + @unknown WHERE identity = @identity AND byte_offset = @expected AND tail = @expected_tail", connection);
        command.Parameters.AddWithValue("origin", StorableText.Of(state.Origin)!);
        command.Parameters.AddWithValue("modified", state.Modified);
        command.Parameters.AddWithValue("offset", state.Position.Offset);
        command.Parameters.AddWithValue("lines", state.Position.Lines);
        command.Parameters.AddWithValue("tail", state.Tail);
        command.Parameters.AddWithValue("unknown", (long)span.UnknownLines);
        command.Parameters.AddWithValue("identity", state.Identity);
        if (span.Expected is { } expected)
        {
            command.Parameters.AddWithValue("expected", expected.Position.Offset);
            command.Parameters.AddWithValue("expected_tail", expected.Tail);
        }

        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) > 0;
    }
}
