using System.Runtime.InteropServices;
using Magsag.Gating;

namespace Magsag.Storage;

/// <summary>What the new records of a batch add to the roll-ups, the series and the runs.</summary>
internal sealed class BatchTotals(IngestBatch batch)
{
    private readonly Dictionary<(int Day, int Series, CallOutcome Outcome), CallSums> _sums = [];
    private readonly SeriesSpan[] _series = new SeriesSpan[batch.Series.Count];
    private readonly Dictionary<int, RunState> _runs = [];

    /// <summary>What is added to each series, by its number in the batch.</summary>
    public IEnumerable<(int Number, SeriesSpan Span)> Series => _series.Index().Where(static series => series.Item.Records > 0);

    /// <summary>What is known of each run from the batch alone, by its number in the batch.</summary>
    public IReadOnlyDictionary<int, RunState> Runs => _runs;

    public void Add(in RecordRow record)
    {
        ref CallSums? sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, (record.Day, record.Series, record.Outcome), out _);
        sums ??= new CallSums();
        sums.Add(record);
        _series[record.Series] = _series[record.Series].With(record.Cursor.Ticks);
        if (record.Run != RecordRow.NoRun && record.Correction is null)
        {
            Series labels = batch.Series[record.Series];
            AddToRun(record.Run, new RunState(record.Cursor, labels.Agent, labels.Customer, record.Cursor, record.Outcome));
        }
    }

    public Dictionary<DailyKey, CallSums> ByDay() => Fold(static (day, labels, outcome) =>
        new DailyKey(day, labels.Agent, labels.Customer, labels.BillingTier, labels.Provider, labels.Model, labels.RequestedModel, labels.Operation, outcome));

    public Dictionary<CodeKey, CallSums> ByCode() => Fold(static (day, labels, outcome) => new CodeKey(day, labels.Test, labels.Site, outcome));

    private void AddToRun(int run, in RunState call)
    {
        ref RunState state = ref CollectionsMarshal.GetValueRefOrAddDefault(_runs, run, out bool isKnown);
        state = isKnown ? state.With(call) : call;
    }

    private Dictionary<TKey, CallSums> Fold<TKey>(Func<int, Series, CallOutcome, TKey> keyOf)
        where TKey : notnull
    {
        Dictionary<TKey, CallSums> folded = [];
        foreach (((int day, int series, CallOutcome outcome), CallSums sums) in _sums)
        {
            TKey key = keyOf(day, batch.Series[series], outcome);
            if (!folded.TryGetValue(key, out CallSums? total))
            {
                folded[key] = total = new CallSums();
            }

            total.Add(sums);
        }

        return folded;
    }
}
