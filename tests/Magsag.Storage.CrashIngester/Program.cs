using System.Globalization;
using Magsag.Storage;
using Magsag.Storage.CrashIngester;
using Magsag.Storage.Ingest;
using Magsag.Storage.Stores;

// Brings a store up to date and prints how many records were new. Arguments: runs directory, address of the store, records per batch,
// and "step" where it has to be told to go on, by a line, before it begins and after each batch: then it may be killed at any moment.
bool isStepped = args is [_, _, _, "step"];
await using ICostStore store = await CostStore.OpenAsync(args[1]);
((SqlStore)store).BatchSize = int.Parse(args[2], CultureInfo.InvariantCulture);
var steps = new Steps();
if (isStepped)
{
    steps.Report(new IngestResult());
}

IngestResult result = await store.IngestAsync(CostStore.LedgersIn(args[0]), isStepped ? steps : null);
Console.WriteLine(result.Records.ToString(CultureInfo.InvariantCulture));
