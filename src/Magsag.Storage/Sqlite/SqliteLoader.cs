using Magsag.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Sqlite;

/// <summary>Loads rows into a table. Most values of most rows are unknown: a statement names only those that are known, and rows with the same ones share it.</summary>
internal sealed class SqliteLoader(SqliteConnection connection, Table table, IReadOnlyList<Column> columns) : IDisposable
{
    private readonly string[] _names = [.. columns.SelectMany(new SqliteDialect().NamesOf)];
    private readonly List<object> _values = [];
    private readonly Dictionary<ulong, SqliteCommand> _commands = [];

    public void Add(object?[] row)
    {
        _values.Clear();
        ulong known = 0;
        int name = 0;
        for (int index = 0; index < columns.Count; index++)
        {
            object? value = row[index];
            if (columns[index].Type == ColumnType.Money)
            {
                known |= AddMoney((decimal?)value) << name;
                name += 3;
                continue;
            }

            if (value is not null)
            {
                _values.Add(value is Guid id ? id.ToByteArray(bigEndian: true) : value);
                known |= 1UL << name;
            }

            name++;
        }

        Run(CommandFor(known));
    }

    public void Dispose()
    {
        foreach (SqliteCommand command in _commands.Values)
        {
            command.Dispose();
        }
    }

    // Few amounts have more decimals than nine.
    private ulong AddMoney(decimal? usd)
    {
        if (usd is not { } known)
        {
            return 0;
        }

        StoredMoney money = StoredMoney.From(known);
        _values.Add(money.Nano);
        if (money is { Atto: 0, Rest: 0 })
        {
            return 0b001;
        }

        _values.Add(money.Atto);
        _values.Add(money.Rest);
        return 0b111;
    }

    private void Run(SqliteCommand command)
    {
        for (int index = 0; index < _values.Count; index++)
        {
            command.Parameters[index].Value = _values[index];
        }

        command.ExecuteNonQuery();
    }

    private SqliteCommand CommandFor(ulong known)
    {
        if (_commands.TryGetValue(known, out SqliteCommand? command))
        {
            return command;
        }

        string[] names = [.. _names.Where((_, index) => (known >> index & 1) != 0)];
        command = connection.CreateCommand();
        command.CommandText = $"INSERT INTO {table.Name} ({string.Join(", ", names)}) VALUES ({string.Join(", ", names.Select(static name => "@" + name))})";
        foreach (string name in names)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = "@" + name });
        }

        command.Prepare();
        return _commands[known] = command;
    }
}
