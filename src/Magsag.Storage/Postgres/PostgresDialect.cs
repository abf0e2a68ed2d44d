using System.Data.Common;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Postgres;

/// <summary>PostgreSQL's words. Records lie in a partition for each month; the words of a series are a <c>tsvector</c> beside its labels.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    public override IReadOnlyList<string> FurtherSchema =>
    [
        "CREATE INDEX series_words ON series USING gin (words)",
        "CREATE INDEX series_agent ON series USING hash (agent)",
        "CREATE INDEX series_customer ON series USING hash (customer)",
        """
        CREATE FUNCTION extras_sum(l text, r text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
            SELECT json_object_agg(name, total)::text FROM (
                SELECT key AS name, least(sum(value::numeric), 9223372036854775807) AS total
                FROM (SELECT * FROM json_each_text(l::json) UNION ALL SELECT * FROM json_each_text(r::json)) AS each GROUP BY key) AS sums
        $$
        """,
        "CREATE AGGREGATE extras_total(text) (SFUNC = extras_sum, STYPE = text)",
    ];

    public override IReadOnlyList<Column> WordColumns => [new Column("words", ColumnType.Words, IsRequired: true)];

    public override string FromText(Column column) => $"CAST({column.Name} AS tsvector)";

    public override string OrderedJoin => "JOIN";

    public override string Least => "least";

    public override string Greatest => "greatest";

    public override string Truncate => "TRUNCATE";

    public override string FirstOfMonth => "(date_trunc('month', date '0001-01-01' + day)::date - date '0001-01-01')";

    public override string CreateTable(Table table) => $"CREATE TABLE {table.Name} ({Declare(table)}){(table == StoreTables.Record ? " PARTITION BY RANGE (ts)" : "")}";

    public override string UseIndex(string index) => "";

    public override IReadOnlyList<string> NamesOf(Column column) => [column.Type == ColumnType.Money ? column.Name + "_usd" : column.Name];

    public override string MatchWords(string? field, IReadOnlyList<string> words, bool isPrefix, SqlParameters parameters)
    {
        string query = field switch
        {
            null => PostgresWords.Phrase("", words, isPrefix),
            "model" => $"({PostgresWords.Phrase("model:", words, isPrefix)}) | ({PostgresWords.Phrase("requested_model:", words, isPrefix)})",
            _ => PostgresWords.Phrase(field + ":", words, isPrefix),
        };
        return $"s.words @@ CAST({parameters.Add(query)} AS tsquery)";
    }

    public override string CompareCost(string comparison, decimal amount, SqlParameters parameters) => $"r.cost_usd {comparison} {parameters.Add(amount)}";

    public override decimal? ReadMoney(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDecimal(column);

    public override object ToValue(Guid id) => id;

    public override Guid ReadGuid(DbDataReader row, int column) => row.GetGuid(column);

    protected override IEnumerable<string> Declare(Column column) => [$"{NamesOf(column)[0]} {TypeOf(column.Type)}{(column.IsRequired ? " NOT NULL" : "")}"];

    protected override string TypeOf(ColumnType type) => type switch
    {
        ColumnType.Identity => "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        ColumnType.Integer => "integer",
        ColumnType.Long => "bigint",
        ColumnType.Real => "double precision",
        ColumnType.Text => "text COLLATE \"C\"",
        ColumnType.Uuid => "uuid",
        ColumnType.Words => "tsvector",
        _ => "numeric",
    };
}
