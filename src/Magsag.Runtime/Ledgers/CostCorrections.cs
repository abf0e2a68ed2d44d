using Magsag.Ledger.Files;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Runtime;

/// <summary>Puts right what calls are recorded to have cost. Ledgers are only appended to, so a correction is a line of its own beside the wrong one.</summary>
public static class CostCorrections
{
    /// <summary>Appends a correction to the ledger of a runs directory. A later one replaces an earlier one.</summary>
    /// <param name="runsDirectory">The runs directory that the call was recorded in.</param>
    /// <param name="record">The id of the call's record.</param>
    /// <param name="costUsd">What the call cost in truth, in US dollars, 0 or more.</param>
    /// <param name="reason">Why, in 1 to 500 characters.</param>
    /// <param name="cancellationToken">Gives up; nothing is appended then.</param>
    /// <returns>The correction, whose cost is what it adds; null when no ledger there has the record.</returns>
    /// <exception cref="ArgumentException">The cost is negative, the reason is empty or too long, or the record is no billable call.</exception>
    /// <exception cref="UnreadableInputException">A ledger can't be read.</exception>
    /// <exception cref="IOException">The correction couldn't be written.</exception>
    public static async Task<LedgerRecord?> AppendAsync(string runsDirectory, Guid record, decimal costUsd, string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(runsDirectory);

        // Two that correct one call at once would both start from what is known now.
        using FileStream turn = await RunsDirectoryLock.TakeAsync(runsDirectory, "corrections", cancellationToken).ConfigureAwait(false);
        (LedgerRecord? call, IEnumerable<LedgerRecord> earlier) = Find(runsDirectory, record, cancellationToken);
        if (call is null)
        {
            return null;
        }

        DateTimeOffset now = DateTimeOffset.UtcNow;
        LedgerRecord correction = LedgerCorrection.Create(call, earlier, costUsd, reason, RecordId.New(now), now);
        await using var ledger = new CostLedger(runsDirectory, new CostLedgerOptions { FlushToDisk = true });
        await ledger.AppendAsync(correction, cancellationToken).ConfigureAwait(false);
        return correction;
    }

    // The corrections may stand before the call: ledger files have no order.
    private static (LedgerRecord? Call, IEnumerable<LedgerRecord> Earlier) Find(string runsDirectory, Guid id, CancellationToken cancellationToken)
    {
        LedgerRecord? call = null;
        Dictionary<Guid, LedgerRecord> earlier = [];
        foreach (string path in LedgerFiles.In(runsDirectory))
        {
            using var reader = new LedgerReader(path);
            while (reader.TryRead(out LedgerRecord record))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (record.Id == id)
                {
                    call = record;
                }
                else if (record.Correction?.Corrects == id)
                {
                    earlier[record.Id] = record;
                }
            }
        }

        return (call, earlier.Values);
    }
}
