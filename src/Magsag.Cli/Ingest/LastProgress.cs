namespace Magsag.Cli.Ingest;

/// <summary>Forwards progress synchronously, on the thread that reports it.</summary>
internal sealed class LastProgress(Action<IngestResult> report) : IProgress<IngestResult>
{
    public void Report(IngestResult value) => report(value);
}
