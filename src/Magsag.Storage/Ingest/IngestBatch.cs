using Magsag.Gating;

namespace Magsag.Storage;

/// <summary>Records that go into the store in one transaction, with the stretches of files that they come from.</summary>
internal sealed record IngestBatch(List<LedgerRecord> Records, List<SourceSpan> Spans);
