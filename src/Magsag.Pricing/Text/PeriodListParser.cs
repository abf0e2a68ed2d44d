using System.Globalization;
using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Text;

/// <summary>Parses the prices of one model: the <c>price</c> lines and the rate lines under each.</summary>
internal sealed class PeriodListParser
{
    private readonly List<PricePeriod> _periods = [];
    private readonly List<RateLine> _lines = [];
    private PricePeriod? _open;
    private int _openLine;

    /// <summary>Takes the line if it belongs to a price.</summary>
    public bool TryParse(CatalogLines lines)
    {
        string word = lines.Words[0];
        if (word == "price")
        {
            Close(lines);
            _open = ParseHead(lines);
            _openLine = lines.Line;
            return true;
        }

        // "batch" and the like are channels only under a price; before one they would be a mistake that the caller reports.
        if (_open is null || !Channels.All.Contains(word))
        {
            return false;
        }

        AddLine(lines, ParseLine(lines));
        return true;
    }

    public IReadOnlyList<PricePeriod> Finish(CatalogLines lines)
    {
        Close(lines);
        return _periods;
    }

    private static PricePeriod ParseHead(CatalogLines lines)
    {
        var period = new PricePeriod();
        string[] words = lines.Words;
        for (int at = 1; at < words.Length; at++)
        {
            period = words[at] switch
            {
                "from" => period with { From = CatalogSyntax.Date(lines, Following(lines, ref at)) },
                "utc" => period with { Window = CatalogSyntax.Window(lines, Following(lines, ref at)) },
                "days" => period with { Window = OnDays(lines, period.Window, Following(lines, ref at)) },
                "graduated" => period with { Graduated = true },
                "source" => period with { Source = Following(lines, ref at), ReadOn = CatalogSyntax.Date(lines, Following(lines, ref at)) },
                "currency" => Currency(lines, period, Following(lines, ref at)),
                string word => throw EntryParser.Unknown(lines, word, ["from", "utc", "days", "graduated", "source", "currency"]),
            };
        }

        return period.Source.Length > 0
            ? period
            : throw lines.Fault("The price names no source; expected 'source NAME DATE', such as 'source contract 2026-08-21'.");
    }

    private static DailyWindow OnDays(CatalogLines lines, DailyWindow? window, string days) => window is { } hours
        ? hours with { Days = WeekdayText.Parse(days) ?? throw lines.Fault($"'{days}' isn't a list of weekdays; expected one such as mon-fri or sat,sun.") }
        : throw lines.Fault("'days' stands without the hours; expected 'utc 01:00-04:00 days mon-fri' or the like.");

    private static PricePeriod Currency(CatalogLines lines, PricePeriod period, string currency) =>
        currency == "USD" ? period : throw lines.Fault($"The currency '{currency}' isn't known; prices are in US dollars (USD).");

    private static RateLine ParseLine(CatalogLines lines)
    {
        string[] words = lines.Words;
        int at = 1;
        long over = 0;
        if (words.Length > 2 && words[1] == "over")
        {
            over = long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out long tokens) && tokens > 0
                ? tokens
                : throw lines.Fault($"'{words[2]}' isn't a number of tokens; expected a whole number above 0.");
            at = 3;
        }

        var prices = new decimal?[RateUnits.Count];
        if (at == words.Length)
        {
            throw lines.Fault($"'{words[0]}' lists no price; expected pairs such as 'in 2.5 out 10'.");
        }

        for (; at < words.Length; at += 2)
        {
            RateUnit unit = RateUnits.Find(words[at]) ?? throw EntryParser.Unknown(lines, words[at], RateUnits.All);
            if (at + 1 == words.Length)
            {
                throw lines.Fault($"'{words[at]}' has no price after it.");
            }

            if (prices[(int)unit] is not null)
            {
                throw lines.Fault($"'{words[at]}' is priced twice in one line.");
            }

            prices[(int)unit] = CatalogSyntax.Price(lines, words[at + 1]);
        }

        return new RateLine(words[0], over, new Rates(prices));
    }

    private void AddLine(CatalogLines lines, RateLine line)
    {
        if (_lines.Any(other => other.Channel == line.Channel && other.Over == line.Over))
        {
            string what = line.Over == 0 ? $"The {line.Channel} prices stand" : $"The tier over {line.Over} of the {line.Channel} prices overlaps: it stands";
            throw lines.Fault($"{what} twice in one price.");
        }

        if (_lines.Count > 0 && _lines[_lines.Count - 1] is { } last && last.Channel == line.Channel && last.Over > line.Over)
        {
            throw lines.Fault($"The tier over {line.Over} stands after the tier over {last.Over}; tiers overlap unless they rise.");
        }

        _lines.Add(line);
    }

    private void Close(CatalogLines lines)
    {
        if (_open is null)
        {
            return;
        }

        if (_lines.Count == 0 || _lines[0].Channel != Channels.All[Channels.Standard] || _lines[0].Over != 0)
        {
            throw new PriceFormatException(lines.File, _openLine, "The price doesn't start with a line 'standard …' of its own.");
        }

        if (RateLine.WithoutStandardTier(_lines) is { } lone)
        {
            throw new PriceFormatException(lines.File, _openLine, $"The {lone.Channel} prices have a tier over {lone.Over} that the standard prices lack.");
        }

        PricePeriod period = _open with { Lines = [.. _lines] };
        PricePeriod? clash = _periods.FirstOrDefault(other => other.From == period.From && Overlap(other.Window, period.Window));
        if (clash is not null)
        {
            string from = period.From is { } day ? $"from {CatalogSyntax.Print(day)}" : "without a first day";
            throw new PriceFormatException(lines.File, _openLine, $"Two prices {from} overlap; give each its own first day or its own hours.");
        }

        if (_periods.Count > 0 && period.From < _periods[_periods.Count - 1].From || (_periods.Count > 0 && period.From is null && _periods[_periods.Count - 1].From is not null))
        {
            throw new PriceFormatException(lines.File, _openLine, "The prices overlap: this one starts before the one above it; list them from the oldest to the newest.");
        }

        _periods.Add(period);
        _lines.Clear();
        _open = null;
    }

    // One price for the whole day beside prices for some hours is how off-peak prices are listed, no overlap.
    private static bool Overlap(DailyWindow? one, DailyWindow? other)
    {
        if (one is null || other is null)
        {
            return one is null && other is null;
        }

        return one.Value.Overlaps(other.Value);
    }

    private static string Following(CatalogLines lines, ref int at) =>
        ++at < lines.Words.Length ? lines.Words[at] : throw lines.Fault($"'{lines.Words[lines.Words.Length - 1]}' has nothing after it.");
}
