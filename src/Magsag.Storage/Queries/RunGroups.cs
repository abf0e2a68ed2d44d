using System.Data.Common;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Queries;

/// <summary>Counts runs from the roll-up that has them by the day, agent and customer of their first calls.</summary>
internal static class RunGroups
{
    private static readonly Dictionary<CostDimension, string> Columns = new()
    {
        [CostDimension.Day] = "day",
        [CostDimension.Agent] = "agent",
        [CostDimension.Customer] = "customer",
    };

    /// <exception cref="ArgumentException">Runs can't be grouped like this.</exception>
    public static string Sql(RunQuery query, SqlParameters parameters)
    {
        if (!query.GroupBy.All(Columns.ContainsKey))
        {
            throw new ArgumentException("Runs are grouped by day, agent and customer.", nameof(query));
        }

        List<string> conditions = ["runs > 0", .. RecordConditions.MatchLabels(new RecordFilter { Agent = query.Agent, Customer = query.Customer }, "daily_run", parameters)];
        if (query.From is { } from)
        {
            conditions.Add($"day >= {parameters.Add(from.DayNumber)}");
        }

        if (query.To is { } to)
        {
            conditions.Add($"day <= {parameters.Add(to.DayNumber)}");
        }

        string keys = string.Join(", ", query.GroupBy.Select(static dimension => Columns[dimension]));
        return $"SELECT {(keys.Length == 0 ? "" : keys + ", ")}CAST(sum(runs) AS BIGINT), CAST(sum(successful) AS BIGINT) FROM daily_run{RecordConditions.Where(conditions)}"
            + (keys.Length == 0 ? "" : $" GROUP BY {keys} ORDER BY {keys}");
    }

    public static RunGroup Read(DbDataReader row, RunQuery query)
    {
        int ColumnOf(CostDimension dimension) => query.GroupBy.ToList().IndexOf(dimension);
        string? TextOf(CostDimension dimension) => ColumnOf(dimension) is var column and >= 0 && !row.IsDBNull(column) ? row.GetString(column) : null;
        DateOnly? day = ColumnOf(CostDimension.Day) is var column and >= 0 ? DateOnly.FromDayNumber(row.GetInt32(column)) : null;
        int sums = query.GroupBy.Count;
        return new RunGroup(day, TextOf(CostDimension.Agent), TextOf(CostDimension.Customer), row.IsDBNull(sums) ? 0 : row.GetInt64(sums), row.IsDBNull(sums) ? 0 : row.GetInt64(sums + 1));
    }
}
