using System.Runtime.InteropServices;
using Magsag.Ledger.Records;

namespace Magsag.Storage;

/// <summary>What the new records of a batch add to the roll-ups, the series and the runs.</summary>
internal sealed class BatchTotals(IngestBatch batch)
{
    private readonly Dictionary<(int Day, int Series, CallOutcome Outcome), CallSums> _sums = [];
    private readonly SeriesSpan[] _series = new SeriesSpan[batch.Series.Count];
    private readonly Dictionary<int, RunState> _runs = [];
    private readonly Dictionary<int, NumberRanges> _numbers = [];
    private readonly BatchParties _parties = new(batch);
    private NumberRanges? _numbersOfDay;
    private int _day;

    /// <summary>What is added to each series, by its number in the batch.</summary>
    public IEnumerable<(int Number, SeriesSpan Span)> Series => _series.Index().Where(static series => series.Item.Records > 0);

    /// <summary>What is known of each run from the batch alone, by its number in the batch.</summary>
    public IReadOnlyDictionary<int, RunState> Runs => _runs;

    /// <summary>The parties of the runs.</summary>
    public BatchParties Parties => _parties;

    /// <summary>The ranges of the numbers of each day.</summary>
    public IReadOnlyDictionary<int, NumberRanges> Numbers => _numbers;

    public void Add(in RecordRow record)
    {
        ref CallSums? sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_sums, (record.Day, record.Series, record.Outcome), out _);
        sums ??= new CallSums();
        sums.Add(record);
        _series[record.Series] = _series[record.Series].With(record.Cursor.Ticks);
        NumbersOf(record.Day).Add(record);
        if (record.Run != RecordRow.NoRun && record.Correction is null)
        {
            Series labels = batch.Series[record.Series];
            AddToRun(record.Run, new RunState(record.Cursor, labels.Agent, labels.Customer, record.Cursor, record.Outcome));

            // Whoever has nothing but cache hits in a run made no call there.
            if (record.Outcome != CallOutcome.CacheHit)
            {
                _parties.Add(record.Run, record.Series);
            }
        }
    }

    public Dictionary<DailyKey, CallSums> ByDay() => Fold(static (day, labels, outcome) =>
        new DailyKey(day, labels.Agent, labels.Customer, labels.BillingTier, labels.Provider, labels.Model, labels.RequestedModel, labels.Operation, outcome));

    public Dictionary<CodeKey, CallSums> ByCode() => Fold(static (day, labels, outcome) => new CodeKey(day, labels.Test, labels.Site, outcome));

    /// <summary>Adds up whoever called.</summary>
    public static Dictionary<ModelKey, CallSums> ByModel(Dictionary<DailyKey, CallSums> days) => Merge(days, ModelKey.Of);

    /// <summary>Adds up by month what is added up by day; the day of a month is its first one.</summary>
    public static Dictionary<DailyKey, CallSums> ByMonth(Dictionary<DailyKey, CallSums> days) => Merge(days, static key => key with { Day = DayRange.FirstOfMonth(key.Day) });

    /// <summary>The same of tests and call sites.</summary>
    public static Dictionary<CodeKey, CallSums> ByMonth(Dictionary<CodeKey, CallSums> days) => Merge(days, static key => key with { Day = DayRange.FirstOfMonth(key.Day) });

    // Most records are of the day of the one before.
    private NumberRanges NumbersOf(int day)
    {
        if (_numbersOfDay is null || day != _day)
        {
            ref NumberRanges? numbers = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, day, out _);
            (_day, _numbersOfDay) = (day, numbers ??= new NumberRanges());
        }

        return _numbersOfDay;
    }

    private void AddToRun(int run, in RunState call)
    {
        ref RunState state = ref CollectionsMarshal.GetValueRefOrAddDefault(_runs, run, out bool isKnown);
        state = isKnown ? state.With(call) : call;
    }

    private Dictionary<TKey, CallSums> Fold<TKey>(Func<int, Series, CallOutcome, TKey> keyOf)
        where TKey : notnull => Merge(_sums, sum => keyOf(sum.Day, batch.Series[sum.Series], sum.Outcome));

    private static Dictionary<TKey, CallSums> Merge<TPart, TKey>(Dictionary<TPart, CallSums> parts, Func<TPart, TKey> keyOf)
        where TPart : notnull
        where TKey : notnull
    {
        Dictionary<TKey, CallSums> merged = [];
        foreach ((TPart part, CallSums sums) in parts)
        {
            ref CallSums? total = ref CollectionsMarshal.GetValueRefOrAddDefault(merged, keyOf(part), out _);
            total ??= new CallSums();
            total.Add(sums);
        }

        return merged;
    }
}
