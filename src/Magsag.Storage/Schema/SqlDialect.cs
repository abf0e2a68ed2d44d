using System.Data.Common;

namespace Magsag.Storage.Schema;

/// <summary>What a database writes in a way of its own. The tables are the same everywhere: <c>r</c> is a record, <c>s</c> its series, <c>u</c> its run.</summary>
internal abstract class SqlDialect
{
    /// <summary>Statements that make what only this database needs, behind the tables.</summary>
    public abstract IReadOnlyList<string> FurtherSchema { get; }

    /// <summary>Columns of the words of a series, where the database searches them there.</summary>
    public virtual IReadOnlyList<Column> WordColumns => [];

    /// <summary>A column of words, made of the text that was loaded.</summary>
    public virtual string FromText(Column column) => column.Name;

    /// <summary>The statement that indexes the words of new series, where that takes one: of staged series <c>b</c> and their rows <c>s</c>.</summary>
    public virtual string? IndexWords => null;

    /// <summary>Keeps the tables of a join in the order in which they are written, where the planner has to be told.</summary>
    public abstract string OrderedJoin { get; }

    /// <summary>The function that gives the lesser of two values.</summary>
    public abstract string Least { get; }

    /// <summary>The function that gives the greater of two values.</summary>
    public abstract string Greatest { get; }

    /// <summary>What stands before the name of a table that is to be emptied.</summary>
    public abstract string Truncate { get; }

    /// <summary>The first day of the month of the column <c>day</c>.</summary>
    public abstract string FirstOfMonth { get; }

    /// <summary>Creates a table of the store.</summary>
    public abstract string CreateTable(Table table);

    /// <summary>Creates a table of the connection's own.</summary>
    public string CreateStaging(Table table) => $"CREATE TEMP TABLE IF NOT EXISTS {table.Name} ({Declare(table)})";

    /// <summary>Names the index that has to be used, where the planner has to be told.</summary>
    public abstract string UseIndex(string index);

    /// <summary>The columns that hold a column of the model.</summary>
    public virtual IReadOnlyList<string> NamesOf(Column column) => [column.Name];

    /// <summary>The columns of a table as a list in SQL.</summary>
    public string ListOf(IEnumerable<Column> columns, string prefix = "") => string.Join(", ", columns.SelectMany(NamesOf).Select(name => prefix + name));

    /// <summary>A number of the record <c>r</c> as the database compares it with doubles.</summary>
    public virtual string ToNumber(Column column) => "r." + NamesOf(column)[0];

    /// <summary>True for the series whose words match: as a phrase, in one field or in any.</summary>
    public abstract string MatchWords(string? field, IReadOnlyList<string> words, bool isPrefix, SqlParameters parameters);

    /// <summary>Compares a record's cost with an amount.</summary>
    public abstract string CompareCost(string comparison, decimal amount, SqlParameters parameters);

    /// <summary>Reads an amount or a sum of amounts; null when it is unknown.</summary>
    public abstract decimal? ReadMoney(DbDataReader row, int column);

    public abstract object ToValue(Guid id);

    public abstract Guid ReadGuid(DbDataReader row, int column);

    /// <summary>The columns and the key of a table, as they are declared.</summary>
    protected string Declare(Table table)
    {
        string columns = string.Join(", ", table.Columns.SelectMany(Declare));
        return table.Key.Count == 0 ? columns : $"{columns}, PRIMARY KEY ({string.Join(", ", table.Key)})";
    }

    protected virtual IEnumerable<string> Declare(Column column) => [$"{column.Name} {TypeOf(column.Type)}{(column.IsRequired ? " NOT NULL" : "")}"];

    protected abstract string TypeOf(ColumnType type);
}
