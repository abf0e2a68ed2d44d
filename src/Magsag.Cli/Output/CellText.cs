using System.Globalization;

namespace Magsag.Cli.Output;

/// <summary>Figures as people read them.</summary>
internal static class CellText
{
    public const string Unknown = "–";

    public static string Format(object? value, CellKind kind, TimeZoneInfo zone) => (kind, value) switch
    {
        (_, null) => Unknown,
        (CellKind.Money, decimal usd) => MoneyText.Of(usd),
        (CellKind.Money, BoundedAmount amount) => $"{amount.Sign} {MoneyText.Of(amount.Usd)}",
        (CellKind.Tokens, long tokens) => Tokens(tokens),
        (CellKind.Count, long count) => MoneyText.Count(count),
        (CellKind.Share, decimal share) => Percent(share),
        (CellKind.Ratio, decimal ratio) => Significant(ratio),
        (CellKind.Time, DateTimeOffset time) => Time(time, zone),
        (CellKind.Price, decimal usd) => Price(usd),
        _ => PlainText.Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    public static bool IsNumber(CellKind kind) => kind is CellKind.Count or CellKind.Tokens or CellKind.Money or CellKind.Price or CellKind.Share or CellKind.Ratio;

    /// <summary>Tokens with three significant digits from a thousand up: <c>812</c>, <c>45.2k</c>, <c>1.23M</c>.</summary>
    public static string Tokens(long tokens)
    {
        (decimal scaled, string unit) = tokens switch
        {
            < 1000 => (tokens, ""),
            < 999_500 => (tokens / 1000m, "k"),
            < 999_500_000 => (tokens / 1_000_000m, "M"),
            _ => (tokens / 1_000_000_000m, "G"),
        };
        string format = unit.Length == 0 || scaled >= 99.95m ? "#,##0" : scaled >= 9.995m ? "0.#" : "0.##";
        return scaled.ToString(format, CultureInfo.InvariantCulture) + unit;
    }

    /// <summary>With one decimal, so that the parts of a whole are seen to add up: <c>66.7 %</c>.</summary>
    public static string Percent(decimal share)
    {
        decimal percent = share * 100m;
        string format = percent is 0m or 100m ? "0" : Math.Abs(percent) < 0.1m ? "0.0##" : "0.0";
        return percent.ToString(format, CultureInfo.InvariantCulture) + " %";
    }

    public static string Time(DateTimeOffset time, TimeZoneInfo zone)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(time, zone);
        string text = local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return zone == TimeZoneInfo.Utc ? text + "Z" : text + local.ToString("zzz", CultureInfo.InvariantCulture);
    }

    // List prices aren't rounded: $2.125 a million tokens is the exact price.
    private static string Price(decimal usd) => "$" + usd.ToString("#,##0.00##########", CultureInfo.InvariantCulture);

    private static string Significant(decimal ratio)
    {
        int places = Math.Abs(ratio) switch { >= 100m => 0, >= 10m => 1, >= 1m => 2, _ => 3 };
        return ratio.ToString("0." + new string('#', places), CultureInfo.InvariantCulture).TrimEnd('.');
    }
}
