using System.Globalization;
using Magsag.Storage;
using Magsag.Storage.Benchmarks;

// dotnet run -c Release --project bench/Magsag.Storage.Benchmarks -- ledgers DIRECTORY RECORDS    writes ledgers
// dotnet run -c Release --project bench/Magsag.Storage.Benchmarks -- ingest DIRECTORY ADDRESS     reads them into a store
// dotnet run -c Release --project bench/Magsag.Storage.Benchmarks -- query ADDRESS                asks the store
// dotnet run -c Release --project bench/Magsag.Storage.Benchmarks -- totals DIRECTORY ADDRESS…    compares ledgers, stores and an independent sum
// dotnet run -c Release --project bench/Magsag.Storage.Benchmarks -- budgets ADDRESS              reserves and settles in a file, or with a connection string of Npgsql's
switch (args)
{
    case ["ledgers", { } directory, { } records]:
        Ledgers.Write(directory, int.Parse(records, CultureInfo.InvariantCulture));
        return 0;
    case ["ingest", { } directory, { } address]:
        await Ingest.RunAsync(CostStore.LedgersIn(directory), address);
        return 0;
    case ["query", { } address]:
        await Queries.RunAsync(address);
        return 0;
    case ["budgets", { } address]:
        await Budgets.RunAsync(address);
        return 0;
    case ["totals", { } directory, .. { Length: > 0 } addresses]:
        return await Totals.RunAsync(CostStore.LedgersIn(directory), addresses) ? 0 : 1;
    default:
        Console.Error.WriteLine("Expected: ledgers DIRECTORY RECORDS | ingest DIRECTORY ADDRESS | query ADDRESS | budgets ADDRESS | totals DIRECTORY ADDRESS…");
        return 2;
}
