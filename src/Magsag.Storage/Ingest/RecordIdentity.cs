using System.Buffers.Binary;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Ingest;

/// <summary>Gives ids to records that were written without one.</summary>
internal static class RecordIdentity
{
    /// <summary>Gives a record that came without an id one that is always the same for the same line of the same file.</summary>
    public static LedgerRecord WithId(LedgerRecord record, LedgerHead head, LedgerPosition behind)
    {
        if (record.Id != Guid.Empty)
        {
            return record;
        }

        Span<byte> place = stackalloc byte[32];
        head.FirstLine.TryWriteBytes(place);
        BinaryPrimitives.WriteInt64LittleEndian(place[16..], behind.Offset);
        BinaryPrimitives.WriteInt64LittleEndian(place[24..], record.Timestamp.UtcTicks);
        return record with { Id = RowKey.Hash(place) };
    }
}
