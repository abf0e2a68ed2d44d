using Magsag.Ledger.Files;

namespace Magsag.Storage.Ingest;

/// <summary>What an ingest has done so far.</summary>
public sealed record IngestResult
{
    /// <summary>Ledger files that were looked at.</summary>
    public int Files { get; init; }

    /// <summary>Records that are new in the store.</summary>
    public long Records { get; init; }

    /// <summary>Records that were read but were in the store before: copies of files, files read anew.</summary>
    public long Duplicates { get; init; }

    /// <summary>Lines of a kind that this version doesn't know; they were skipped.</summary>
    public long UnknownLines { get; init; }

    /// <summary>Corrections in the store whose calls aren't there. Their amounts are in every sum all the same.</summary>
    public long UnmatchedCorrections { get; init; }

    /// <summary>Files whose last line breaks off; it is read when it is complete.</summary>
    public int TornLines { get; init; }

    /// <summary>Files that can't be read on from some line, or not at all. What stands before that line is in the store.</summary>
    public IReadOnlyList<UnreadableInputException> Problems { get; init; } = [];
}
