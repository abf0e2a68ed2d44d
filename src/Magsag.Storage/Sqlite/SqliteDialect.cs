using System.Data.Common;

namespace Magsag.Storage;

internal sealed class SqliteDialect : SqlDialect
{
    public override IReadOnlyList<string> CostColumns { get; } = ["cost_nano", "cost_atto", "cost_rest"];

    public override IReadOnlyList<string> AvoidedColumns { get; } = ["avoided_nano", "avoided_atto", "avoided_rest"];

    public override string OrderedJoin => "CROSS JOIN";

    public override string UseIndex(string index) => " INDEXED BY " + index;

    public override string TextMatch(SearchTerm term, SqlParameters parameters)
    {
        // The words hold nothing but letters and digits: the phrase can't break out of its quotes.
        string columns = term.Field switch
        {
            null => "",
            { Name: "model" } => "{model requested_model} : ",
            { Name: var name } => name + " : ",
        };
        string phrase = $"{columns}\"{string.Join(' ', term.Words)}\"{(term.IsPrefix ? " *" : "")}";
        return $"s.id IN (SELECT rowid FROM series_text WHERE series_text MATCH {parameters.Add(phrase)})";
    }

    public override string CompareCost(string comparison, decimal amount, SqlParameters parameters)
    {
        StoredMoney money = StoredMoney.Of(Math.Clamp(amount, -StoredMoney.Limit, StoredMoney.Limit));
        return $"(r.cost_nano, r.cost_atto, r.cost_rest) {comparison} ({parameters.Add(money.Nano)}, {parameters.Add(money.Atto)}, {parameters.Add(money.Rest)})";
    }

    public override decimal? ReadCost(DbDataReader row, ref int column)
    {
        int first = column;
        column += CostColumns.Count;
        return row.IsDBNull(first) ? null : new StoredMoney(row.GetInt64(first), row.GetInt64(first + 1), row.GetInt64(first + 2)).ToDecimal();
    }

    public override object Value(Guid id) => id.ToByteArray(bigEndian: true);

    public override Guid ReadGuid(DbDataReader row, int column) => new((byte[])row.GetValue(column), bigEndian: true);
}
