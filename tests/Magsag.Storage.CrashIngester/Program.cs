using System.Globalization;
using Magsag.Storage;

// Brings a store up to date and prints how many records were new. Arguments: runs directory, address of the store, records per batch.
// The first line tells that the ingest begins: from then on it may be killed.
await using ICostStore store = await CostStore.OpenAsync(args[1]);
((SqlStore)store).BatchSize = int.Parse(args[2], CultureInfo.InvariantCulture);
Console.WriteLine("begin");
IngestResult result = await store.IngestAsync(CostStore.LedgersIn(args[0]));
Console.WriteLine(result.Records.ToString(CultureInfo.InvariantCulture));
