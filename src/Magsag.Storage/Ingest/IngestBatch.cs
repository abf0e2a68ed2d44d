using Magsag.Ledger.Records;
using Magsag.Storage.Schema;

namespace Magsag.Storage.Ingest;

/// <summary>Records that go into the store in one transaction, with the stretches of files that they come from.</summary>
internal sealed class IngestBatch(int capacity)
{
    private readonly Dictionary<Series, int> _seriesNumbers = [];
    private readonly Dictionary<string, int> _runNumbers = new(StringComparer.Ordinal);
    private readonly List<Series> _series = [];
    private readonly List<string> _runs = [];

    public List<BatchRecord> Records { get; } = new(capacity);

    public List<SourceSpan> Spans { get; } = [];

    /// <summary>The series of the records, each once and as databases can keep it.</summary>
    public IReadOnlyList<Series> Series => _series;

    /// <summary>The runs of the records, each once and as databases can keep it.</summary>
    public IReadOnlyList<string> Runs => _runs;

    public void Add(LedgerRecord record) => Records.Add(new BatchRecord(record, NumberOfSeries(record), record.RunId is { } run ? NumberOfRun(run) : null));

    private int NumberOfSeries(LedgerRecord record)
    {
        var series = Schema.Series.Create(record);
        if (!_seriesNumbers.TryGetValue(series, out int number))
        {
            number = _seriesNumbers[series] = NumberOf(series.ToStorable(), _series, _seriesNumbers);
        }

        return number;
    }

    private int NumberOfRun(string run)
    {
        if (!_runNumbers.TryGetValue(run, out int number))
        {
            number = _runNumbers[run] = NumberOf(StorableText.Clean(run)!, _runs, _runNumbers);
        }

        return number;
    }

    // Texts that differ only in what databases can't keep are one.
    private static int NumberOf<T>(T storable, List<T> known, Dictionary<T, int> numbers)
        where T : notnull
    {
        if (!numbers.TryGetValue(storable, out int number))
        {
            number = numbers[storable] = known.Count;
            known.Add(storable);
        }

        return number;
    }
}
