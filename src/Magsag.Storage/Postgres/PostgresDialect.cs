using System.Data.Common;

namespace Magsag.Storage;

internal sealed class PostgresDialect : SqlDialect
{
    public override IReadOnlyList<string> CostColumns { get; } = ["cost_usd"];

    public override IReadOnlyList<string> AvoidedColumns { get; } = ["avoided_usd"];

    public override string OrderedJoin => "JOIN";

    public override string UseIndex(string index) => "";

    public override string TextMatch(SearchTerm term, SqlParameters parameters)
    {
        string query = term.Field switch
        {
            null => PostgresWords.Phrase("", term),
            { Name: "model" } => $"({PostgresWords.Phrase("model:", term)}) | ({PostgresWords.Phrase("requested_model:", term)})",
            { Name: var name } => PostgresWords.Phrase(name + ":", term),
        };
        return $"s.words @@ CAST({parameters.Add(query)} AS tsquery)";
    }

    public override string CompareCost(string comparison, decimal amount, SqlParameters parameters) => $"r.cost_usd {comparison} {parameters.Add(amount)}";

    public override decimal? ReadCost(DbDataReader row, ref int column)
    {
        int first = column++;
        return row.IsDBNull(first) ? null : row.GetDecimal(first);
    }

    public override object Value(Guid id) => id;

    public override Guid ReadGuid(DbDataReader row, int column) => row.GetGuid(column);
}
