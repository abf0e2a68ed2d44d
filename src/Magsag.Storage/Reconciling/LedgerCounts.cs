using Magsag.Ledger.Files;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Ingest;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Reconciling;

/// <summary>What ledgers say, every record counted once: read by the ledger's own reader, not by what fills stores.</summary>
internal sealed class LedgerCounts(ReconciliationScope scope)
{
    private readonly Dictionary<DayModel, RunningTotals> _totals = [];
    private readonly Dictionary<DayModel, HashSet<Guid>> _ids = [];
    private readonly HashSet<RecordCursor> _seen = [];
    private readonly List<UnreadableInputException> _problems = [];

    public long RepeatedLines { get; private set; }

    public IReadOnlyList<UnreadableInputException> Problems => _problems;

    public IEnumerable<(DayModel Key, TokenTotals Totals)> Totals => _totals.Select(static entry => (entry.Key, entry.Value.ToTotals()));

    public HashSet<Guid> IdsOf(DayModel key) => _ids.TryGetValue(key, out HashSet<Guid>? ids) ? [.. ids] : [];

    public static LedgerCounts Read(IEnumerable<string> ledgers, ReconciliationScope scope, CancellationToken cancellationToken)
    {
        var counts = new LedgerCounts(scope);
        foreach (string path in ledgers)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                counts.Add(path);
            }
            catch (UnreadableInputException problem)
            {
                counts._problems.Add(problem);
            }
        }

        return counts;
    }

    private void Add(string path)
    {
        LedgerHead head = LedgerHead.Read(path);
        using var reader = new LedgerReader(path);
        while (reader.TryRead(out LedgerRecord record))
        {
            Add(RecordIdentity.WithId(record, head, reader.Position));
        }
    }

    private void Add(LedgerRecord record)
    {
        if (!_seen.Add(RecordCursor.From(record)))
        {
            RepeatedLines++;
            return;
        }

        var day = DateOnly.FromDateTime(record.Timestamp.UtcDateTime);
        if (record.Outcome == CallOutcome.CacheHit || !scope.Means(day, record.Provider))
        {
            return;
        }

        DayModel key = new(day, scope.NameOf(StorableText.Clean(record.Model ?? record.RequestedModel)));
        if (!_totals.TryGetValue(key, out RunningTotals? totals))
        {
            _totals[key] = totals = new RunningTotals();
            _ids[key] = [];
        }

        totals.Add(record.Fields);
        _ids[key].Add(record.Id);
    }
}
