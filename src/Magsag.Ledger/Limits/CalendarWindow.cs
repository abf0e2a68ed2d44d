namespace Magsag.Ledger.Limits;

/// <summary>A stretch of time that spend is added up over.</summary>
/// <param name="Start">Its first instant, in UTC.</param>
/// <param name="End">The first instant after it, in UTC.</param>
internal readonly record struct CalendarWindow(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The calendar day or month that an instant lies in; for a run, all of time.</summary>
    /// <param name="period">The period.</param>
    /// <param name="at">The instant.</param>
    /// <param name="zone">The time zone whose days and months count.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rolling window has no calendar.</exception>
    public static CalendarWindow Containing(LimitPeriod period, DateTimeOffset at, TimeZoneInfo zone)
    {
        DateTime local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
        return period switch
        {
            LimitPeriod.Run => new CalendarWindow(DateTimeOffset.MinValue, DateTimeOffset.MaxValue),
            LimitPeriod.Day => new CalendarWindow(MidnightOf(local.Date, zone), MidnightOf(local.Date.AddDays(1), zone)),
            LimitPeriod.Month => new CalendarWindow(MidnightOf(FirstOf(local), zone), MidnightOf(FirstOf(local).AddMonths(1), zone)),
            _ => throw new ArgumentOutOfRangeException(nameof(period), period, "A rolling window has no calendar."),
        };
    }

    /// <summary>The day or month as people write it: <c>2026-11-24</c>, <c>2026-11</c>.</summary>
    internal static string NameOf(LimitPeriod period, DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString(period == LimitPeriod.Day ? "yyyy-MM-dd" : "yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTime FirstOf(DateTime local) => new(local.Year, local.Month, 1);

    // The first minute whose local date is the date or a later one: that holds where clocks jump over midnight, where it
    // comes twice, and where a whole day is left out, and it asks the zone only for what it can answer without doubt.
    private static DateTimeOffset MidnightOf(DateTime date, TimeZoneInfo zone)
    {
        const int FarthestHours = 15;
        var utc = new DateTimeOffset(date, TimeSpan.Zero);
        int before = -FarthestHours * 60;
        int after = (FarthestHours + 24) * 60;
        while (after - before > 1)
        {
            int middle = (before + after) / 2;
            if (TimeZoneInfo.ConvertTime(utc.AddMinutes(middle), zone).Date >= date)
            {
                after = middle;
            }
            else
            {
                before = middle;
            }
        }

        return utc.AddMinutes(after);
    }
}
