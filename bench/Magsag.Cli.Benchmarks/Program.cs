using System.Globalization;
using Magsag.Cli.Benchmarks;

// `ledger COUNT FILE` writes a ledger; `duckdb FILE` adds it up with DuckDB. bench/flow-summarize.sh runs both beside the tool.
switch (args)
{
    case ["ledger", var count, var file]:
        SampleLedger.Write(file, long.Parse(count, CultureInfo.InvariantCulture));
        return 0;
    case ["duckdb", var file]:
        DuckDbTotals.Print(file);
        return 0;
    default:
        Console.Error.WriteLine("Usage: ledger COUNT FILE | duckdb FILE");
        return 2;
}
