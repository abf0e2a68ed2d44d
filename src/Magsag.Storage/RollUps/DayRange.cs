namespace Magsag.Storage;

/// <summary>A stretch of time cut into the whole days that roll-ups can answer and the parts of days that only records can.</summary>
internal sealed class DayRange
{
    private readonly long? _since;
    private readonly long? _until;
    private readonly bool _hasDays;

    public DayRange(DateTimeOffset? since, DateTimeOffset? until)
    {
        _since = since?.UtcTicks;
        _until = until?.UtcTicks;
        FirstDay = _since is { } from ? (int)((from + TimeSpan.TicksPerDay - 1) / TimeSpan.TicksPerDay) : null;
        EndDay = _until is { } to ? (int)(to / TimeSpan.TicksPerDay) : null;
        _hasDays = FirstDay is null || EndDay is null || FirstDay < EndDay;
    }

    /// <summary>The first whole day; null without a beginning.</summary>
    public int? FirstDay { get; }

    /// <summary>The day after the last whole one; null without an end.</summary>
    public int? EndDay { get; }

    /// <summary>The parts of days, in ticks: from the first to before the second.</summary>
    public IEnumerable<(long From, long To)> Edges
    {
        get
        {
            if (!_hasDays)
            {
                yield return (_since!.Value, _until!.Value);
                yield break;
            }

            if (_since is { } since && since < FirstDay * TimeSpan.TicksPerDay)
            {
                yield return (since, FirstDay!.Value * TimeSpan.TicksPerDay);
            }

            if (_until is { } until && until > EndDay * TimeSpan.TicksPerDay)
            {
                yield return (EndDay!.Value * TimeSpan.TicksPerDay, until);
            }
        }
    }

    /// <summary>True when there are whole days.</summary>
    public bool HasDays => _hasDays;
}
