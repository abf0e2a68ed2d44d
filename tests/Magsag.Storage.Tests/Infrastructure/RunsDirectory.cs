using System.Buffers;
using System.Text;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Storage.Tests;

/// <summary>A runs directory of the test's own, gone after it.</summary>
internal sealed class RunsDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("magsag-store-");

    public RunsDirectory() => Directory.CreateDirectory(System.IO.Path.Combine(Path, "costs"));

    public string Path => _directory.FullName;

    public string Database => CostStore.PathIn(Path);

    public IReadOnlyList<string> Ledgers => CostStore.LedgersIn(Path);

    public string Ledger(string name = "a") => System.IO.Path.Combine(Path, "costs", name + ".jsonl");

    /// <summary>Appends records to a ledger, which begins with a session line as the recorder writes it.</summary>
    public string Append(string name, params IEnumerable<LedgerRecord> records)
    {
        string path = Ledger(name);
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new LedgerLineWriter(buffer);
        if (!File.Exists(path))
        {
            writer.Write(new LedgerSession { Id = Guid.CreateVersion7(), Timestamp = DateTimeOffset.UtcNow, Assembly = "Desk.Tests" });
        }

        foreach (LedgerRecord record in records)
        {
            writer.Write(record);
        }

        using var file = new FileStream(path, FileMode.Append);
        file.Write(buffer.WrittenSpan);
        return path;
    }

    /// <summary>Appends text as it is.</summary>
    public string AppendText(string name, string text)
    {
        File.AppendAllText(Ledger(name), text, new UTF8Encoding(false));
        return Ledger(name);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
