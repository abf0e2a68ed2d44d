using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Magsag.Runtime;
using Magsag.Runtime.CrashWriter;

// The process that the crash tests end. Arguments: how it records, runs directory, directory of the notes, threads, records per thread.
//   append         notes each acknowledged id in a file of the thread's own
//   exit           hands records over and leaves by Environment.Exit
//   throw          hands records over and dies of an exception
//   report         hands records over, closes, and prints how many were lost
//   runs           makes all calls at once, each in a run of its own, and prints what was recorded and how long it took after the last call
//   blocking       makes calls one after the other on so many threads of the pool, each in a run of its own, and prints the same
//   wait           hands records over, says that it is ready, and waits for a signal
//   host           the same in a generic host, which records one more while it stops
//   cancel         the same, cancels the interrupt, records one more and leaves with exit code 7
//   late           the same, records one more in a handler of its own and kills itself
string mode = args[0];
string runs = args[1];
string notes = args[2];
int threads = int.Parse(args[3], CultureInfo.InvariantCulture);
int records = int.Parse(args[4], CultureInfo.InvariantCulture);
if (mode is "runs" or "blocking")
{
    await RunCalls.RunAsync(runs, threads, records, isBlocking: mode == "blocking");
    return;
}

CostLedger? opened = null;

// Registered before the ledger registers its own: that one has run by then.
using PosixSignalRegistration? late = mode == "late" ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => RecordAndDie()) : null;

// Only what is done when a process ends may write what is still waiting.
var ledger = opened = new CostLedger(runs, new CostLedgerOptions { FlushInterval = TimeSpan.FromMinutes(mode == "append" ? 0 : 10) });
await Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(() => mode == "append" ? AppendAsync(thread) : HandOver(thread))));
switch (mode)
{
    case "exit":
        Environment.Exit(0);
        break;
    case "throw":
        throw new InvalidOperationException("The process dies of this.");
    case "wait" or "late":
        Console.WriteLine("ready");
        await Task.Delay(Timeout.Infinite);
        break;
    case "host":
        await SignalledHost.RunAsync(() => ledger.Enqueue(Record(0, records)));
        break;
    case "cancel":
        var interrupted = new TaskCompletionSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            interrupted.SetResult();
        };
        Console.WriteLine("ready");
        await interrupted.Task;
        ledger.Enqueue(Record(0, records));
        Environment.Exit(7);
        break;
    default:
        await ledger.DisposeAsync();
        Console.WriteLine(ledger.LostRecords);
        break;
}

void RecordAndDie()
{
    opened!.Enqueue(Record(0, records));
    Process.GetCurrentProcess().Kill();
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

LedgerRecord Record(int thread, int number) => new() { Id = Guid.CreateVersion7(), Timestamp = DateTimeOffset.UtcNow, RunId = mode == "wait" ? "r1" : null, Agent = $"thread-{thread}", Model = "gpt-4o-mini", InputTokens = number, UsageSource = UsageSource.Reported };
