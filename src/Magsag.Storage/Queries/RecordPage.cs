using Magsag.Ledger.Records;

namespace Magsag.Storage.Queries;

/// <summary>A part of a query's records.</summary>
/// <param name="Records">The records in the query's order, as their ledgers have them.</param>
/// <param name="Next">Asks for the records that follow (<see cref="RecordQuery.After"/>); null when there are none.</param>
public sealed record RecordPage(IReadOnlyList<LedgerRecord> Records, string? Next);
