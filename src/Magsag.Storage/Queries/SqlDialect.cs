using System.Data.Common;

namespace Magsag.Storage;

/// <summary>What the two databases write differently. The tables are the same: <c>r</c> is a record, <c>s</c> its series, <c>u</c> its run.</summary>
internal abstract class SqlDialect
{
    /// <summary>The columns that hold a cost, as in a column list: <c>cost_usd</c>.</summary>
    public abstract IReadOnlyList<string> CostColumns { get; }

    /// <summary>The columns of what a cache hit would have cost.</summary>
    public abstract IReadOnlyList<string> AvoidedColumns { get; }

    /// <summary>Keeps the tables of a join in the order in which they are written, where the planner has to be told.</summary>
    public abstract string OrderedJoin { get; }

    /// <summary>Names the index that has to be used, where the planner has to be told.</summary>
    public abstract string UseIndex(string index);

    /// <summary>True for the series whose words match a text term.</summary>
    public abstract string TextMatch(SearchTerm term, SqlParameters parameters);

    /// <summary>Compares a record's cost with an amount.</summary>
    public abstract string CompareCost(string comparison, decimal amount, SqlParameters parameters);

    /// <summary>Reads a cost or a sum of costs; null when it is unknown. Moves on behind its columns.</summary>
    public abstract decimal? ReadCost(DbDataReader row, ref int column);

    public abstract object Value(Guid id);

    public abstract Guid ReadGuid(DbDataReader row, int column);
}
