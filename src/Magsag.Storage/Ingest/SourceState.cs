using Magsag.Ledger.Lines;

namespace Magsag.Storage.Ingest;

/// <summary>How far a ledger file was read.</summary>
/// <param name="Identity">A hash of the beginning of the file, which it keeps when it is moved or renamed.</param>
/// <param name="Origin">The machine and path where it was read last.</param>
/// <param name="Modified">When the file had been written last (ticks in UTC) as it was read.</param>
/// <param name="Position">Behind the last line that was read.</param>
/// <param name="Tail">The key of the bytes that stand before that position: other bytes there mean another content.</param>
internal sealed record SourceState(Guid Identity, string Origin, long Modified, LedgerPosition Position, Guid Tail);
