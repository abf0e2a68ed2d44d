namespace Magsag.Storage;

/// <summary>What a batch adds to a series: how many records, and the first and last time (ticks in UTC) of them.</summary>
internal readonly record struct SeriesSpan(long Records, long First, long Last)
{
    public SeriesSpan With(long ticks) =>
        Records == 0 ? new(1, ticks, ticks) : new(Records + 1, Math.Min(First, ticks), Math.Max(Last, ticks));
}
