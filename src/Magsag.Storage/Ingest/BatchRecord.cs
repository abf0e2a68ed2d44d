using Magsag.Ledger.Records;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Ingest;

/// <summary>A record of a batch.</summary>
/// <param name="Record">The record.</param>
/// <param name="Series">The number of its series in the batch.</param>
/// <param name="Run">The number of its run in the batch; null when it has none.</param>
internal readonly record struct BatchRecord(LedgerRecord Record, int Series, int? Run);
