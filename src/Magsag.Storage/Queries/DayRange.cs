namespace Magsag.Storage.Queries;

/// <summary>A stretch of time cut into the whole months and days that roll-ups can answer and the parts of days that only records can.</summary>
internal sealed class DayRange
{
    private const int LongestMonth = 31;

    private static readonly int LastDay = DateOnly.MaxValue.DayNumber;

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

    /// <summary>The first day of a day's month.</summary>
    public static int FirstOfMonth(int day)
    {
        int known = Math.Min(day, LastDay);
        return known - DateOnly.FromDayNumber(known).Day + 1;
    }

    /// <summary>The first day of the first whole month; null without a beginning.</summary>
    public int? FirstMonth => FirstDay is { } first ? FirstOfMonthFrom(first) : null;

    /// <summary>The first day of the month after the last whole one; null without an end.</summary>
    public int? EndMonth => EndDay is { } end ? FirstOfMonth(end) : null;

    /// <summary>True when there are whole months.</summary>
    public bool HasMonths => _hasDays && (FirstMonth is null || EndMonth is null || FirstMonth < EndMonth);

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

    private static int FirstOfMonthFrom(int day)
    {
        int first = FirstOfMonth(day);
        return first == day ? day
            : first + LongestMonth > LastDay ? LastDay + 1
            : FirstOfMonth(first + LongestMonth);
    }
}
