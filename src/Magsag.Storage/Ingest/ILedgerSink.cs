namespace Magsag.Storage;

/// <summary>Where batches go: the database side of an ingest.</summary>
internal interface ILedgerSink
{
    Task<SourceIndex> ReadSourcesAsync(CancellationToken cancellationToken);

    /// <summary>Applies a batch whole or not at all.</summary>
    Task<BatchOutcome> ApplyAsync(IngestBatch batch, CancellationToken cancellationToken);
}
