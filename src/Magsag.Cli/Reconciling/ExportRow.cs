using System.Globalization;

namespace Magsag.Cli.Reconciling;

/// <summary>One row of a usage export: cells by the names of their columns, whatever their case and separators (<c>MeterName</c>, <c>meterName</c>, <c>meter_name</c>).</summary>
internal sealed class ExportRow(string file, int line, IReadOnlyDictionary<string, string> cells)
{
    private static readonly string[] DayFormats = ["yyyy-MM-dd", "MM/dd/yyyy", "M/d/yyyy"];

    public IReadOnlyDictionary<string, string> Cells => cells;

    /// <summary>The name without case and separators, by which cells are found.</summary>
    public static string KeyOf(string column) => string.Concat(column.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>The first of these columns that has a value; null for none.</summary>
    public string? Find(params ReadOnlySpan<string> columns)
    {
        foreach (string column in columns)
        {
            if (cells.TryGetValue(KeyOf(column), out string? text) && text.Length > 0)
            {
                return text;
            }
        }

        return null;
    }

    /// <exception cref="UnreadableInputException">No value.</exception>
    public string Get(string column, string remedy) => Find(column) ?? throw Fault($"'{column}' is empty. {remedy}");

    /// <summary>A count of tokens or calls; null for an empty cell.</summary>
    /// <exception cref="UnreadableInputException">It isn't a whole number, 0 or more.</exception>
    public long? Count(params ReadOnlySpan<string> columns) => Find(columns) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal count) && count >= 0m && count <= 1_000_000_000_000_000m && count == decimal.Truncate(count) ? (long)count
        : throw Fault($"'{columns[0]}' is '{Excerpt.From(text)}'; expected a whole number, 0 or more.");

    /// <summary>An amount or a quantity; null for an empty cell.</summary>
    /// <exception cref="UnreadableInputException">It isn't a number.</exception>
    public decimal? Amount(params ReadOnlySpan<string> columns) => Find(columns) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal amount) && Math.Abs(amount) <= 1_000_000_000_000m ? amount
        : throw Fault($"'{columns[0]}' is '{Excerpt.From(text)}'; expected a number such as 12.5.");

    /// <summary>The day of UTC that a row is of.</summary>
    /// <exception cref="UnreadableInputException">It names none.</exception>
    public DateOnly Day(string column)
    {
        string text = Get(column, "Expected a day such as 2026-11-23.");
        return DateOnly.TryParseExact(text, DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : DayOf(Time(column, text));
    }

    /// <summary>The day of UTC that a bucket lies in.</summary>
    /// <exception cref="UnreadableInputException">It lies in none, or in two.</exception>
    public DateOnly Day(string from, string to)
    {
        DateTimeOffset begin = Time(from, Get(from, "Expected the time at which the bucket begins."));
        DateTimeOffset end = Find(to) is { } text ? Time(to, text) : begin.AddTicks(1);
        return end > begin && DayOf(begin) == DayOf(end.AddTicks(-1))
            ? DayOf(begin)
            : throw Fault($"The bucket from {Shown(begin)} to {Shown(end)} doesn't lie in one day of UTC; export days that begin at 00:00 UTC, or shorter buckets.");
    }

    public UnreadableInputException Fault(string problem) => new(file, line, problem);

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    private static string Shown(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    // Seconds since 1970, or a time; one without an offset is of UTC.
    private DateTimeOffset Time(string column, string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds is > 0 and < 100_000_000_000)
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : throw Fault($"'{column}' is '{Excerpt.From(text)}'; expected a time such as 2026-11-23T00:00:00Z, or seconds since 1970.");
    }
}
