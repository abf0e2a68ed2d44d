using Npgsql;
using NpgsqlTypes;

namespace Magsag.Storage;

/// <summary>Rows on their way into a statement, as one array per column: a statement takes thousands of them at once.</summary>
internal sealed class PostgresRows(params (string Column, NpgsqlDbType Type)[] columns)
{
    private readonly List<object?[]> _rows = [];

    public int Count => _rows.Count;

    /// <summary>The rows as a table named <c>x</c>.</summary>
    public string From => $"unnest({string.Join(", ", columns.Select(static column => "@" + column.Column))}) AS x ({string.Join(", ", columns.Select(static column => column.Column))})";

    public string Columns => string.Join(", ", columns.Select(static column => column.Column));

    public void Add(params object?[] values) => _rows.Add(values);

    public NpgsqlCommand Command(NpgsqlConnection connection, string sql)
    {
        var command = new NpgsqlCommand(sql, connection);
        for (int index = 0; index < columns.Length; index++)
        {
            command.Parameters.Add(new NpgsqlParameter(columns[index].Column, NpgsqlDbType.Array | columns[index].Type) { Value = ArrayOf(index) });
        }

        return command;
    }

    private Array ArrayOf(int index) => columns[index].Type switch
    {
        NpgsqlDbType.Text => Cast<string?>(index),
        NpgsqlDbType.Uuid => Cast<Guid?>(index),
        NpgsqlDbType.Numeric => Cast<decimal?>(index),
        NpgsqlDbType.Integer => Cast<int?>(index),
        NpgsqlDbType.Double => Cast<double?>(index),
        _ => Cast<long?>(index),
    };

    private T[] Cast<T>(int index) => [.. _rows.Select(row => (T)row[index]!)];
}
