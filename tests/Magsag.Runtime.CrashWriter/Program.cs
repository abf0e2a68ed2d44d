using System.Globalization;
using System.Text;
using Magsag.Gating;
using Magsag.Runtime;

// The process that the crash tests end. Arguments: how it records, runs directory, directory of the notes, threads, records per thread.
//   append         notes each acknowledged id in a file of the thread's own
//   exit           hands records over and leaves by Environment.Exit
//   throw          hands records over and dies of an exception
//   report         hands records over, closes, and prints how many were lost
string mode = args[0];
string runs = args[1];
string notes = args[2];
int threads = int.Parse(args[3], CultureInfo.InvariantCulture);
int records = int.Parse(args[4], CultureInfo.InvariantCulture);

// Only what is done when a process ends may write what is still waiting.
var ledger = new CostLedger(runs, new CostLedgerOptions { FlushInterval = TimeSpan.FromMinutes(mode == "append" ? 0 : 10) });
await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(() => mode == "append" ? AppendAsync(thread) : HandOver(thread))));
switch (mode)
{
    case "exit":
        Environment.Exit(0);
        break;
    case "throw":
        throw new InvalidOperationException("The process dies of this.");
    default:
        await ledger.DisposeAsync();
        Console.WriteLine(ledger.LostRecords);
        break;
}

async Task AppendAsync(int thread)
{
    string path = Path.Combine(notes, string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{thread}.acknowledged"));
    await using var note = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    for (int number = 0; number < records; number++)
    {
        LedgerRecord record = Record(thread, number);
        await ledger.AppendAsync(record);
        note.Write(Encoding.ASCII.GetBytes(record.Id.ToString("N") + "\n"));
    }
}

Task HandOver(int thread)
{
    for (int number = 0; number < records; number++)
    {
        ledger.Enqueue(Record(thread, number));
    }

    return Task.CompletedTask;
}

static LedgerRecord Record(int thread, int number) => new() { Id = Guid.CreateVersion7(), Timestamp = DateTimeOffset.UtcNow, Agent = $"thread-{thread}", Model = "gpt-4o-mini", InputTokens = number, UsageSource = UsageSource.Reported };
