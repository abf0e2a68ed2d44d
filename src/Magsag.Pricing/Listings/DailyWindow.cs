namespace Magsag.Pricing.Listings;

/// <summary>Hours of the day in UTC, the start included and the end not; it may pass midnight.</summary>
internal readonly record struct DailyWindow(TimeSpan Start, TimeSpan End)
{
    public bool Contains(TimeSpan time) => Start <= End ? time >= Start && time < End : time >= Start || time < End;
}
