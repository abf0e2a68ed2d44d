using System.Globalization;

namespace Magsag.Gating.Tests;

public sealed class CalendarWindowTests
{
    [Theory]
    [InlineData("2026-11-24T12:00:00Z", "UTC", "2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z")]
    [InlineData("2026-11-24T00:00:00Z", "UTC", "2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z")]
    [InlineData("2026-11-23T23:59:59Z", "UTC", "2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z")]
    [InlineData("2026-03-29T12:00:00Z", "Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")]
    [InlineData("2026-10-25T12:00:00Z", "Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")]
    [InlineData("2026-06-01T00:00:00Z", "Asia/Kathmandu", "2026-05-31T18:15:00Z", "2026-06-01T18:15:00Z")]
    [InlineData("2018-11-04T12:00:00Z", "America/Sao_Paulo", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z")]
    [InlineData("2026-11-01T12:00:00Z", "America/Havana", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")]
    public void A_day_has_the_hours_that_its_time_zone_gives_it(string at, string zone, string start, string end) =>
        Assert.Equal(new CalendarWindow(Time(start), Time(end)), CalendarWindow.Containing(LimitPeriod.Day, Time(at), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("2028-02-29T12:00:00Z", "UTC", "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z")]
    [InlineData("2026-12-31T23:30:00Z", "Europe/Berlin", "2026-12-31T23:00:00Z", "2027-01-31T23:00:00Z")]
    [InlineData("2026-03-31T21:59:59Z", "Europe/Berlin", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z")]
    public void A_month_begins_at_midnight_of_its_first_day(string at, string zone, string start, string end) =>
        Assert.Equal(new CalendarWindow(Time(start), Time(end)), CalendarWindow.Containing(LimitPeriod.Month, Time(at), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/Havana")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("Africa/Cairo")]
    [InlineData("Pacific/Apia")]
    [InlineData("Australia/Lord_Howe")]
    public void Days_follow_each_other_without_gap_or_overlap(string id)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        DateTimeOffset at = Time("2011-01-01T00:00:00Z");
        CalendarWindow day = CalendarWindow.Containing(LimitPeriod.Day, at, zone);
        while (day.End < Time("2020-01-01T00:00:00Z"))
        {
            CalendarWindow next = CalendarWindow.Containing(LimitPeriod.Day, day.End, zone);
            Assert.Equal(day.End, next.Start);
            Assert.Equal(day, CalendarWindow.Containing(LimitPeriod.Day, day.End.AddTicks(-1), zone));
            day = next;
        }
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
