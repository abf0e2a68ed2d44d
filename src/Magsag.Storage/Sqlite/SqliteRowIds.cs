namespace Magsag.Storage;

/// <summary>The ids of the rows of a batch's series and runs, found when they are first needed.</summary>
internal sealed class SqliteRowIds(IngestBatch batch, SqliteSeries series, SqliteRuns runs)
{
    private readonly long[] _series = new long[batch.Series.Count];
    private readonly long[] _runs = new long[batch.Runs.Count];

    /// <summary>How many runs the batch has.</summary>
    public int RunCount => _runs.Length;

    public long OfSeries(int number)
    {
        ref long id = ref _series[number];
        return id != 0 ? id : id = series.IdOf(batch.Series[number]);
    }

    public long? OfRun(int number)
    {
        if (number == RecordRow.NoRun)
        {
            return null;
        }

        ref long id = ref _runs[number];
        return id != 0 ? id : id = runs.IdOf(batch.Runs[number]);
    }
}
