namespace Magsag.Storage;

/// <summary>The records of a batch that go into the store, with the ids of the rows that they refer to.</summary>
internal sealed record PostgresBatch(IReadOnlyList<RecordRow> Records, long[] SeriesIds, long[] RunIds)
{
    public long SeriesId(in RecordRow record) => SeriesIds[record.Series];

    public long? RunId(in RecordRow record) => record.Run == RecordRow.NoRun ? null : RunIds[record.Run];

    /// <summary>The months of the records.</summary>
    public IEnumerable<(int Year, int Month)> Months() =>
        Records.Select(static record => record.Day).Distinct().Select(DateOnly.FromDayNumber).Select(static day => (day.Year, day.Month)).Distinct().Order();
}
