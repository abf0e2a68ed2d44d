namespace Magsag.Cli.Prices;

/// <summary>When a price holds: as a time at which it does, and as text.</summary>
internal static class PeriodTime
{
    /// <summary>A time on or after a day at which this price holds and no other.</summary>
    public static DateTimeOffset Within(ModelEntry entry, PricePeriod period, DateTimeOffset at)
    {
        DateTime day = period.From > at.UtcDateTime ? period.From.Value : at.UtcDateTime.Date;
        IEnumerable<DateTime> hours = Enumerable.Range(0, 7 * 24 * 4).Select(quarter => day.AddMinutes(15 * quarter));
        DateTime time = period.Window is { } window
            ? hours.FirstOrDefault(window.Contains, day)
            : hours.FirstOrDefault(hour => !entry.Periods.Any(other => other.From == period.From && other.Window?.Contains(hour) == true), day);
        return new DateTimeOffset(time, TimeSpan.Zero);
    }

    /// <summary>The later day and the hours in which it holds; null when it holds on that day at any hour.</summary>
    public static string? TextOf(PricePeriod period, DateTimeOffset at)
    {
        string from = period.From > at.UtcDateTime ? $"from {CatalogSyntax.Print(period.From.Value)}" : "";
        string hours = period.Window is not { } window ? ""
            : window.Days == Weekdays.All ? $"{CatalogSyntax.Print(window)} UTC"
            : $"{CatalogSyntax.Print(window)} UTC {WeekdayText.Print(window.Days)}";
        string text = $"{from} {hours}".Trim();
        return text.Length > 0 ? text : null;
    }
}
