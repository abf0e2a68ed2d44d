using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;

namespace Magsag.Cli.Benchmarks;

/// <summary>Adds a ledger up with DuckDB on all cores. It is told the columns, so that it needn't look for them, and its start isn't counted.</summary>
internal static class DuckDbTotals
{
    private const string Calls = """
        read_json($file, format = 'newline_delimited', columns = {ts: 'TIMESTAMP', run_id: 'VARCHAR', agent: 'VARCHAR', customer: 'VARCHAR', model: 'VARCHAR', site: 'VARCHAR',
          input_tokens: 'BIGINT', output_tokens: 'BIGINT', cost_usd: 'DECIMAL(38,12)'})
        """;

    private const string ByModel = $"SELECT model, count(*), sum(input_tokens), sum(output_tokens), sum(cost_usd) FROM {Calls} GROUP BY ALL ORDER BY ALL";

    // What a summary holds: models, agents, customers, call sites, and the spend per run, day, agent and model.
    private const string Summary = $"""
        SELECT model, agent, customer, site, run_id, ts::DATE AS day, count(*), sum(input_tokens), sum(output_tokens), sum(cost_usd)
        FROM {Calls} GROUP BY GROUPING SETS ((model), (agent), (customer), (agent, site, model), (run_id, day, agent, model))
        """;

    public static void Print(string file)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Time(connection, "by model alone", ByModel, file);
        Time(connection, "all that a summary holds", Summary, file);
    }

    private static void Time(DuckDBConnection connection, string name, string sql, string file)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql.Replace("$file", $"'{file.Replace("'", "''", StringComparison.Ordinal)}'", StringComparison.Ordinal);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        long rows = 0;
        using (DuckDBDataReader reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                rows++;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"duckdb, {name}: {watch.Elapsed.TotalSeconds:0.00} s, {(Environment.CpuUsage.TotalTime - before).TotalSeconds:0.00} s of all cores ({rows} groups)"));
    }
}
