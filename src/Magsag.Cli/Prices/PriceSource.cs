using System.Globalization;

namespace Magsag.Cli.Prices;

/// <summary>A list of others that a refresh reads: whose it is, of which day, and where it lies.</summary>
internal sealed record PriceSource(string Format, DateTimeOffset Day, string Path)
{
    /// <summary>Reads <c>genai-prices:2026-09-23:data.json</c>.</summary>
    /// <exception cref="CommandFailure">It isn't written so.</exception>
    public static PriceSource Parse(string text, Terminal terminal)
    {
        string[] parts = text.Split(':', 3);
        return parts.Length == 3
            && PriceListFormat.Names.Contains(parts[0])
            && DateTime.TryParseExact(parts[1], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime day)
                ? new PriceSource(parts[0], new DateTimeOffset(day, TimeSpan.Zero), InputFile.Existing(parts[2], "a price list", terminal))
                : throw CommandFailure.Usage($"'{text}' isn't a source; expected '{string.Join("|", PriceListFormat.Names)}:DAY:FILE', such as genai-prices:2026-09-23:data.json.");
    }
}
