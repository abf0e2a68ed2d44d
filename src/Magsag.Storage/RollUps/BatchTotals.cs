using Magsag.Gating;

namespace Magsag.Storage;

/// <summary>What the new records of a batch add to the roll-ups, the series and the runs.</summary>
internal sealed class BatchTotals
{
    private readonly Dictionary<(int Day, long Series, CallOutcome Outcome), (Series Labels, CallSums Sums)> _sums = [];
    private readonly Dictionary<long, SeriesSpan> _series = [];
    private readonly Dictionary<string, RunState> _runs = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<long, SeriesSpan> Series => _series;

    public IReadOnlyDictionary<string, RunState> Runs => _runs;

    public void Add(LedgerRecord record, long seriesId, in Series labels, string? run)
    {
        long ticks = record.Timestamp.UtcTicks;
        var key = ((int)(ticks / TimeSpan.TicksPerDay), seriesId, record.Outcome);
        if (!_sums.TryGetValue(key, out (Series Labels, CallSums Sums) found))
        {
            _sums[key] = found = (labels.Storable(), new CallSums());
        }

        found.Sums.Add(record);
        _series[seriesId] = _series.TryGetValue(seriesId, out SeriesSpan? span) ? span.With(ticks) : new SeriesSpan(1, ticks, ticks);
        if (run is not null)
        {
            RunState state = RunState.Of(record);
            _runs[run] = _runs.TryGetValue(run, out RunState? known) ? known.With(state) : state;
        }
    }

    public Dictionary<DailyKey, CallSums> ByDay() => Fold(static (day, labels, outcome) =>
        new DailyKey(day, labels.Agent, labels.Customer, labels.BillingTier, labels.Provider, labels.Model, labels.RequestedModel, labels.Operation, outcome));

    public Dictionary<CodeKey, CallSums> ByCode() => Fold(static (day, labels, outcome) => new CodeKey(day, labels.Test, labels.Site, outcome));

    private Dictionary<TKey, CallSums> Fold<TKey>(Func<int, Series, CallOutcome, TKey> keyOf)
        where TKey : notnull
    {
        Dictionary<TKey, CallSums> folded = [];
        foreach (((int day, _, CallOutcome outcome), (Series labels, CallSums sums)) in _sums)
        {
            TKey key = keyOf(day, labels, outcome);
            if (!folded.TryGetValue(key, out CallSums? total))
            {
                folded[key] = total = new CallSums();
            }

            total.Add(sums);
        }

        return folded;
    }
}
