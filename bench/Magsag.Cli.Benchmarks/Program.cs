using System.Globalization;
using Magsag.Cli.Benchmarks;

// `ledger COUNT FILE` writes a ledger; `duckdb FILE` adds it up with DuckDB; `store MAGSAG ADDRESS RUNS [TEXT]` times commands that ask
// a store, those whose line has the text. bench/flow-summarize.sh and bench/store-queries.sh run them beside the tool.
switch (args)
{
    case ["ledger", var count, var file]:
        SampleLedger.Write(file, long.Parse(count, CultureInfo.InvariantCulture));
        return 0;
    case ["duckdb", var file]:
        DuckDbTotals.Print(file);
        return 0;
    case ["store", var magsag, var address, var runs, .. { Length: <= 1 } text]:
        StoreCommands.Measure(magsag, address, int.Parse(runs, CultureInfo.InvariantCulture), text.FirstOrDefault());
        return 0;
    default:
        Console.Error.WriteLine("Usage: ledger COUNT FILE | duckdb FILE | store MAGSAG ADDRESS RUNS [TEXT]");
        return 2;
}
