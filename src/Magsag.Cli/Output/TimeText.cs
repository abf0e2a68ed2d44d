using System.Globalization;

namespace Magsag.Cli.Output;

/// <summary>Reads points in time as people write them.</summary>
internal static class TimeText
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss"];

    /// <summary>Reads a date, a time, <c>today</c>, <c>yesterday</c> or a time span that is counted back from now (<c>24h</c>, <c>7d</c>, <c>4w</c>).</summary>
    /// <exception cref="CommandFailure">The text is none of these.</exception>
    public static DateTimeOffset Parse(string option, string text, TimeZoneInfo zone, DateTimeOffset now) =>
        Relative(text, now)
        ?? Day(text, zone, now)
        ?? Absolute(text, zone)
        ?? throw CommandFailure.Usage($"{option} '{text}' isn't a time; expected one such as 2026-11-23, 2026-11-23T18:00, 24h, 7d, 4w, today or yesterday.");

    /// <summary>The beginning of the day in a time zone that a point in time lies in.</summary>
    public static DateTimeOffset StartOfDay(DateTimeOffset time, TimeZoneInfo zone) => InZone(TimeZoneInfo.ConvertTime(time, zone).Date, zone);

    /// <summary>A time on the clocks of a time zone as a point in time: the first one where they show it twice, the one at which they are put forward where they pass it over.</summary>
    public static DateTimeOffset InZone(DateTime local, TimeZoneInfo zone) =>
        new(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));

    /// <summary>A point in time to the minute, as pages show it: <c>2026-11-24 12:00 UTC</c>, in another zone <c>2026-11-24 13:00 +01:00</c>.</summary>
    public static string Minute(DateTimeOffset time, TimeZoneInfo zone) => Shown(time, zone, "yyyy-MM-dd HH:mm");

    /// <summary>The same to the second.</summary>
    public static string Second(DateTimeOffset time, TimeZoneInfo zone) => Shown(time, zone, "yyyy-MM-dd HH:mm:ss");

    private static string Shown(DateTimeOffset time, TimeZoneInfo zone, string format) =>
        TimeZoneInfo.ConvertTime(time, zone).ToString(format + (zone == TimeZoneInfo.Utc ? " 'UTC'" : " zzz"), CultureInfo.InvariantCulture);

    private static DateTimeOffset? Relative(string text, DateTimeOffset now)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count > 36_500)
        {
            return null;
        }

        return text[^1] switch
        {
            'h' => now.AddHours(-count),
            'd' => now.AddDays(-count),
            'w' when count < 5_000 => now.AddDays(-7 * count),
            _ => null,
        };
    }

    private static DateTimeOffset? Day(string text, TimeZoneInfo zone, DateTimeOffset now) => text switch
    {
        "now" => now,
        "today" => StartOfDay(now, zone),
        "yesterday" => InZone(TimeZoneInfo.ConvertTime(now, zone).Date.AddDays(-1), zone),
        _ => null,
    };

    private static DateTimeOffset? Absolute(string text, TimeZoneInfo zone)
    {
        if (DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return InZone(local, zone);
        }

        bool hasOffset = text.Contains('T', StringComparison.Ordinal) && (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal));
        return hasOffset && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time) ? time : null;
    }
}
