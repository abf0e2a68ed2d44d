using Magsag.Storage.Ingest;

namespace Magsag.Storage.CrashIngester;

/// <summary>Prints that a batch is in the store and waits for a line before the next one.</summary>
internal sealed class Steps : IProgress<IngestResult>
{
    public void Report(IngestResult value)
    {
        Console.WriteLine("batch");
        Console.ReadLine();
    }
}
