using System.Data.Common;
using Magsag.Ledger.Records;
using Magsag.Storage.Schema;
using Microsoft.Data.Sqlite;

namespace Magsag.Storage.Sqlite;

/// <summary>SQLite's words. Money is three integers, because SQLite has no exact decimals; texts are searched by an FTS5 table.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    private static readonly string[] MoneyParts = ["_nano", "_atto", "_rest"];

    private static readonly string[] IndexedLabels = ["agent", "customer", "model", "requested_model", "test", "site"];

    private static readonly string TextNames = string.Join(", ", SeriesLabel.Texts.Select(static label => label.Name));

    public override IReadOnlyList<string> FurtherSchema =>
    [
        $"CREATE VIRTUAL TABLE series_text USING fts5 ({TextNames}, content='', tokenize='ascii')",
        .. IndexedLabels.Select(static label => new TableIndex("series_" + label, "series", label, label + " IS NOT NULL").CreateSql),
    ];

    public override string? IndexWords =>
        $"INSERT INTO series_text (rowid, {TextNames}) SELECT s.id, {string.Join(", ", SeriesLabel.Texts.Select(static label => label.Name == SeriesLabel.TagsName ? "tag_words(b.tags)" : $"split_words(b.{label.Name})"))}";

    public override string OrderedJoin => "CROSS JOIN";

    public override string Least => "min";

    public override string Greatest => "max";

    public override string Truncate => "DELETE FROM";

    public override string FirstOfMonth => "CAST(julianday(date(day + 1721425.5, 'start of month')) - 1721425.5 AS INTEGER)";

    public override string CreateTable(Table table) => $"CREATE TABLE {table.Name} ({Declare(table)}) STRICT{(table.Key.Count == 0 ? "" : ", WITHOUT ROWID")}";

    public override string UseIndex(string index) => " INDEXED BY " + index;

    public override IReadOnlyList<string> NamesOf(Column column) => column.Type == ColumnType.Money ? [.. MoneyParts.Select(part => column.Name + part)] : [column.Name];

    public override string ToNumber(Column column) => column.Type == ColumnType.Money
        ? $"(r.{column.Name}_nano * 1e-9 + r.{column.Name}_atto * 1e-18 + r.{column.Name}_rest * 1e-28)"
        : base.ToNumber(column);

    public override string MatchWords(string? field, IReadOnlyList<string> words, bool isPrefix, SqlParameters parameters)
    {
        // The words hold nothing but letters and digits: the phrase can't break out of its quotes.
        string columns = field switch
        {
            null => "",
            "model" => "{model requested_model} : ",
            _ => field + " : ",
        };
        string phrase = $"{columns}\"{string.Join(' ', words)}\"{(isPrefix ? " *" : "")}";
        return $"s.id IN (SELECT rowid FROM series_text WHERE series_text MATCH {parameters.Add(phrase)})";
    }

    public override string CompareCost(string comparison, decimal amount, SqlParameters parameters)
    {
        StoredMoney money = StoredMoney.From(Math.Clamp(amount, -StoredMoney.Limit, StoredMoney.Limit));
        return $"(r.cost_nano, r.cost_atto, r.cost_rest) {comparison} ({parameters.Add(money.Nano)}, {parameters.Add(money.Atto)}, {parameters.Add(money.Rest)})";
    }

    public override decimal? ReadMoney(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : new StoredMoney(row.GetInt64(column), row.GetInt64(column + 1), row.GetInt64(column + 2)).ToDecimal();

    public override object ToValue(Guid id) => id.ToByteArray(bigEndian: true);

    public override Guid ReadGuid(DbDataReader row, int column) => new((byte[])row.GetValue(column), bigEndian: true);

    /// <summary>Makes the functions that the statements call on a connection.</summary>
    public static void AddFunctions(SqliteConnection connection)
    {
        connection.CreateFunction("split_words", static (string? text) => text is null ? null : string.Join(' ', WordSplitter.Split(text)), isDeterministic: true);
        connection.CreateFunction("tag_words", static (string? tags) => string.Join(' ', WordSplitter.SplitTags(tags)), isDeterministic: true);
        connection.CreateFunction("extras_sum", static (string? left, string? right) => ExtrasText.Write(UsageExtras.Sum(ExtrasText.Parse(left), ExtrasText.Parse(right))), isDeterministic: true);
        connection.CreateAggregate<string?, UsageExtras?, string?>("extras_total", null, static (sum, extras) => UsageExtras.Sum(sum, ExtrasText.Parse(extras)), ExtrasText.Write, isDeterministic: true);
    }

    // The smaller units of an amount are 0 where they aren't given, and say nothing where the amount is unknown.
    protected override IEnumerable<string> Declare(Column column) => column.Type == ColumnType.Money
        ? [$"{column.Name}_nano INTEGER{(column.IsRequired ? " NOT NULL" : "")}", $"{column.Name}_atto INTEGER NOT NULL DEFAULT 0", $"{column.Name}_rest INTEGER NOT NULL DEFAULT 0"]
        : base.Declare(column);

    protected override string TypeOf(ColumnType type) => type switch
    {
        ColumnType.Identity => "INTEGER PRIMARY KEY",
        ColumnType.Real => "REAL",
        ColumnType.Text or ColumnType.Words => "TEXT",
        ColumnType.Uuid => "BLOB",
        _ => "INTEGER",
    };
}
