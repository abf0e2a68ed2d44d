namespace Magsag.Pricing.Listings;

/// <summary>Hours of the day in UTC, the start included and the end not, on some days of the week; they may pass midnight, and then belong to the day on which they start.</summary>
internal readonly record struct DailyWindow(TimeSpan Start, TimeSpan End, Weekdays Days = Weekdays.All)
{
    public bool Contains(DateTime utc)
    {
        TimeSpan time = utc.TimeOfDay;
        if (Start <= End)
        {
            return time >= Start && time < End && Includes(utc.DayOfWeek);
        }

        return time >= Start ? Includes(utc.DayOfWeek) : time < End && Includes(utc.AddDays(-1).DayOfWeek);
    }

    public bool Overlaps(DailyWindow other) => (Days & other.Days) != 0 && (HasHour(other.Start) || other.HasHour(Start));

    private bool HasHour(TimeSpan time) => Start <= End ? time >= Start && time < End : time >= Start || time < End;

    private bool Includes(DayOfWeek day) => (Days & (Weekdays)(1 << (int)day)) != 0;
}
