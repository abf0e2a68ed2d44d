namespace Magsag.Storage.Ingest;

/// <summary>What became of a batch.</summary>
/// <param name="Inserted">Records that are new.</param>
/// <param name="Duplicates">Records that were there before.</param>
/// <param name="UnknownLines">Lines of an unknown kind in the stretches that were taken.</param>
/// <param name="Lost">Files of stretches that weren't taken, because another ingester had read on in them.</param>
internal sealed record BatchOutcome(long Inserted, long Duplicates, long UnknownLines, IReadOnlyList<string> Lost);
