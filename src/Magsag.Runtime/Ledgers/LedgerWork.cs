using Magsag.Gating;

namespace Magsag.Runtime;

/// <summary>What stands in the ledger's queue: a record, a run to summarise, or only the wish to hear that all before it is done.</summary>
internal readonly record struct LedgerWork(LedgerRecord? Record = null, TaskCompletionSource? Acknowledgement = null, string? RunToSummarise = null);
