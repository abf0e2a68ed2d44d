using System.Globalization;
using System.Text;
using Magsag.Gating;
using Magsag.Runtime;

// Appends records from several threads and notes each acknowledged id in a file of the thread's own.
// Arguments: runs directory, directory of the notes, threads, records per thread.
string runs = args[0];
string notes = args[1];
int threads = int.Parse(args[2], CultureInfo.InvariantCulture);
int records = int.Parse(args[3], CultureInfo.InvariantCulture);

await using var ledger = new CostLedger(runs);
await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(async () =>
{
    string path = Path.Combine(notes, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{thread}.acknowledged"));
    await using var note = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    for (int number = 0; number < records; number++)
    {
        var record = new LedgerRecord { Id = Guid.CreateVersion7(), Timestamp = DateTimeOffset.UtcNow, Agent = $"thread-{thread}", Model = "gpt-4o-mini", InputTokens = number, UsageSource = UsageSource.Reported };
        await ledger.AppendAsync(record);
        note.Write(Encoding.ASCII.GetBytes(record.Id.ToString("N") + "\n"));
    }
})));
