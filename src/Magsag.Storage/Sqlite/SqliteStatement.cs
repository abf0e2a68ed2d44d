using System.Buffers;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Magsag.Storage;

/// <summary>A prepared statement that is run for every record: bound by position, without the boxes and lookups of a command.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int StackBytes = 256;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private readonly bool[] _hasValue;
    private int _bound;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        _hasValue = new bool[raw.sqlite3_bind_parameter_count(_statement) + 1];
    }

    public SqliteStatement Bind(long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, Next(), value));
        return this;
    }

    public SqliteStatement Bind(long? value) => value is { } known ? Bind(known) : BindNull();

    public SqliteStatement Bind(double? value)
    {
        if (value is not { } known)
        {
            return BindNull();
        }

        Check(raw.sqlite3_bind_double(_statement, Next(), known));
        return this;
    }

    public SqliteStatement Bind(Guid? value)
    {
        if (value is not { } known)
        {
            return BindNull();
        }

        Span<byte> bytes = stackalloc byte[16];
        known.TryWriteBytes(bytes, bigEndian: true, out _);
        Check(raw.sqlite3_bind_blob(_statement, Next(), bytes));
        return this;
    }

    public SqliteStatement Bind(string? value)
    {
        if (value is null)
        {
            return BindNull();
        }

        if (value.Length == 0)
        {
            Check(raw.sqlite3_bind_text(_statement, Next(), ""));
            return this;
        }

        int most = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = most > StackBytes ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> bytes = rented ?? stackalloc byte[StackBytes];
        Check(raw.sqlite3_bind_text(_statement, Next(), bytes[..Encoding.UTF8.GetBytes(value, bytes)]));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return this;
    }

    /// <summary>Runs the statement; true when it changed a row.</summary>
    public bool Run()
    {
        int result = raw.sqlite3_step(_statement);
        Reset();
        CheckStep(result, raw.SQLITE_DONE);
        return raw.sqlite3_changes(_database) > 0;
    }

    /// <summary>Runs the statement and gives the first row to <paramref name="read"/>; the default value when there is none.</summary>
    public T? First<T>(Func<SqliteStatement, T> read)
    {
        int result = raw.sqlite3_step(_statement);
        try
        {
            if (result == raw.SQLITE_ROW)
            {
                return read(this);
            }

            CheckStep(result, raw.SQLITE_DONE);
            return default;
        }
        finally
        {
            Reset();
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Number(int column) => raw.sqlite3_column_int64(_statement, column);

    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public Guid Id(int column) => new(raw.sqlite3_column_blob(_statement, column), bigEndian: true);

    public void Dispose() => _statement.Dispose();

    private int Next()
    {
        _hasValue[++_bound] = true;
        return _bound;
    }

    // Values stay bound from run to run: most columns of most records are null, and what is null already needs no call.
    private SqliteStatement BindNull()
    {
        if (_hasValue[++_bound])
        {
            Check(raw.sqlite3_bind_null(_statement, _bound));
            _hasValue[_bound] = false;
        }

        return this;
    }

    private void Reset()
    {
        raw.sqlite3_reset(_statement);
        _bound = 0;
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);

    private void CheckStep(int result, int expected)
    {
        if (result != expected)
        {
            Check(result);
        }
    }
}
