namespace Magsag.Storage.Ingest;

/// <summary>A stretch of one ledger file whose records are in a batch.</summary>
internal sealed record SourceSpan
{
    public required string Path { get; init; }

    /// <summary>The first of the span's records in the batch.</summary>
    public required int FirstRecord { get; init; }

    public required int RecordCount { get; init; }

    /// <summary>Lines of an unknown kind in this stretch.</summary>
    public required int UnknownLines { get; init; }

    /// <summary>How far the file is read with this stretch; null when the file's state isn't kept: then only the ids of its records keep them from being counted twice.</summary>
    public SourceState? State { get; init; }

    /// <summary>What the store has to know about the file for the stretch to follow; null when it mustn't know it.</summary>
    public SourceState? Expected { get; init; }
}
