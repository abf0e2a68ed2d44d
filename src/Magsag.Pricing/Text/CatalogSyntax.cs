using System.Globalization;
using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Text;

/// <summary>Single values of the catalogue text.</summary>
internal static class CatalogSyntax
{
    private const string DateFormat = "yyyy-MM-dd";
    internal const decimal HighestPrice = 1_000_000m;

    public static DateTime Date(CatalogLines lines, string word) =>
        DateTime.TryParseExact(word, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime date)
            ? date
            : throw lines.Fault($"'{word}' isn't a date; expected one such as 2026-08-21.");

    public static string Print(DateTime date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    public static decimal Price(CatalogLines lines, string word)
    {
        if (!decimal.TryParse(word, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal price))
        {
            throw lines.Fault($"'{word}' isn't a price; expected US dollars such as 2.5.");
        }

        return price switch
        {
            < 0 => throw lines.Fault($"The price {word} is negative; a price is 0 or more."),
            > HighestPrice => throw lines.Fault($"The price {word} is too high for one million tokens; check the unit."),
            _ => price,
        };
    }

    /// <summary>The shortest form: 2.5, never 2.50.</summary>
    public static string Print(decimal price) => (price / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);

    public static int Count(CatalogLines lines, string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            ? count
            : throw lines.Fault($"'{word}' isn't a number of tokens; expected a whole number above 0.");

    public static decimal Factor(CatalogLines lines, string word) =>
        decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal factor) && factor is > 0 and <= 10
            ? factor
            : throw lines.Fault($"'{word}' isn't a factor; expected a number such as 1.1.");

    public static DailyWindow Window(CatalogLines lines, string word)
    {
        string[] ends = word.Split('-');
        if (ends.Length == 2 && Time(ends[0]) is { } start && Time(ends[1]) is { } stop && start != stop)
        {
            return new DailyWindow(start, stop);
        }

        throw lines.Fault($"'{word}' isn't a time of day; expected one such as 00:30-16:30 (UTC).");
    }

    /// <summary>The hours alone, without the days.</summary>
    public static string Print(DailyWindow window) => $"{Print(window.Start)}-{Print(window.End)}";

    private static string Print(TimeSpan time) => time.ToString(@"hh\:mm", CultureInfo.InvariantCulture);

    private static TimeSpan? Time(string word) =>
        TimeSpan.TryParseExact(word, @"hh\:mm", CultureInfo.InvariantCulture, out TimeSpan time) ? time : null;
}
