namespace Magsag.Cli.Ingest;

/// <summary>Hands progress on at once, on the thread that reports it.</summary>
internal sealed class LastProgress(Action<IngestResult> told) : IProgress<IngestResult>
{
    public void Report(IngestResult value) => told(value);
}
