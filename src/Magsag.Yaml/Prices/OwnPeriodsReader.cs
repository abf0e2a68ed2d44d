using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Listings;
using Magsag.Pricing.Text;
using YamlDotNet.RepresentationModel;

namespace Magsag.Yaml.Prices;

/// <summary>Reads the prices of one own model.</summary>
internal sealed class OwnPeriodsReader(PriceYaml yaml, ModelEntry? below, string source, DateTime readOn, bool isChecked)
{
    internal static readonly Dictionary<string, RateUnit> Units = new(StringComparer.Ordinal)
    {
        ["input"] = RateUnit.Input,
        ["cached_input"] = RateUnit.CachedInput,
        ["cache_write"] = RateUnit.CacheWrite,
        ["cache_write_one_hour"] = RateUnit.CacheWriteOneHour,
        ["output"] = RateUnit.Output,
        ["reasoning"] = RateUnit.Reasoning,
        ["citation"] = RateUnit.Citation,
        ["input_audio"] = RateUnit.InputAudio,
        ["cached_input_audio"] = RateUnit.CachedInputAudio,
        ["output_audio"] = RateUnit.OutputAudio,
        ["input_image"] = RateUnit.InputImage,
        ["cached_input_image"] = RateUnit.CachedInputImage,
        ["output_image"] = RateUnit.OutputImage,
        ["input_video"] = RateUnit.InputVideo,
        ["output_video"] = RateUnit.OutputVideo,
        ["web_search_per_thousand"] = RateUnit.WebSearch,
        ["request_per_thousand"] = RateUnit.Request,
        ["audio_per_hour"] = RateUnit.AudioHour,
    };

    private static readonly string[] Channels = ["batch", "flex", "priority", "fast"];

    internal static readonly string[] PeriodKeys = ["from", "hours_utc", "weekdays", "graduated", "tiers", .. Channels, .. Units.Keys];

    internal static readonly string[] RateKeys = ["tiers", .. Units.Keys];

    public IReadOnlyList<PricePeriod> Read(YamlNode node)
    {
        var periods = new List<PricePeriod>();
        foreach (YamlNode item in yaml.Items(node, "prices"))
        {
            PricePeriod period = ReadPeriod(item);
            if (periods.Count > 0 && !Follows(period, periods[periods.Count - 1]))
            {
                throw yaml.Fault(item, "The date ranges overlap: each price has to start after the one above it, or hold in other hours.");
            }

            periods.Add(period);
        }

        return periods.Count > 0 ? periods : throw yaml.Fault(node, "Expected at least one price.");
    }

    /// <summary>The prices below, each token price reduced.</summary>
    public IReadOnlyList<PricePeriod> Discounted(decimal percent)
    {
        decimal factor = (100m - percent) / 100m;
        return
        [
            .. below!.Periods.Select(period => period with
            {
                Source = source,
                Lines = [.. period.Lines.Select(line => line with { Rates = line.Rates.Times(factor) })],
            }),
        ];
    }

    private static bool Follows(PricePeriod period, PricePeriod above) =>
        period.From == above.From ? period.Window is not null && period.Window != above.Window : period.From is not null && (above.From is null || period.From > above.From);

    private PricePeriod ReadPeriod(YamlNode node)
    {
        var period = new PricePeriod { Source = source, ReadOn = readOn };
        foreach ((YamlScalarNode key, YamlNode value) in yaml.Members(node, "a price such as '{ input: 2.5, output: 10 }'"))
        {
            period = key.Value switch
            {
                "from" => period with { From = yaml.Date(value), ReadOn = yaml.Date(value) },
                "hours_utc" => period with { Window = ReadWindow(value) },
                "weekdays" => period,
                "graduated" => period with { Graduated = yaml.Flag(value) },
                _ => PeriodKeys.Contains(key.Value) ? period : throw yaml.UnknownKey(key, PeriodKeys),
            };
        }

        if (yaml.Members(node, "a price").FirstOrDefault(static member => member.Key.Value == "weekdays").Value is { } weekdays)
        {
            period = period with { Window = OnDays(weekdays, period.Window) };
        }

        List<RateLine> lines = [.. ReadLines(Pricing.Listings.Channels.All[0], node)];
        foreach ((YamlScalarNode key, YamlNode value) in yaml.Members(node, "a price").Where(member => Channels.Contains(member.Key.Value)))
        {
            lines.AddRange(ReadLines(key.Value!, value));
        }

        if (lines.Count == 0)
        {
            throw yaml.Fault(node, "The price lists no prices; expected 'input' and the like.");
        }

        if (RateLine.WithoutStandardTier(lines) is { } lone)
        {
            throw yaml.Fault(node, lone.Over == 0 ? "The price lists no standard prices; expected 'input' and the like." : $"The {lone.Channel} prices have a tier over {lone.Over} that the standard prices lack.");
        }

        return lines[0].Over == 0 ? period with { Lines = lines } : throw yaml.Fault(node, "The price lists tiers only; expected 'input' and the like beside 'tiers'.");
    }

    private DailyWindow ReadWindow(YamlNode node)
    {
        var lines = new CatalogLines(yaml.Text(node), "", 0, 0, 1);
        try
        {
            return CatalogSyntax.Window(lines, yaml.Text(node));
        }
        catch (PriceFormatException error)
        {
            throw yaml.Fault(node, error.Problem);
        }
    }

    private DailyWindow OnDays(YamlNode node, DailyWindow? hours) => hours is { } window
        ? window with { Days = WeekdayText.Parse(yaml.Text(node)) ?? throw yaml.Fault(node, $"'{yaml.Text(node)}' isn't a list of weekdays; expected one such as mon-fri or sat,sun.") }
        : throw yaml.Fault(node, "'weekdays' stands without 'hours_utc'; give the hours, too.");

    private IEnumerable<RateLine> ReadLines(string channel, YamlNode node)
    {
        Rates? rates = ReadRates(channel, node, out YamlNode? tiers);
        if (rates is not null)
        {
            yield return new RateLine(channel, 0, rates);
        }

        long last = 0;
        foreach (YamlNode tier in tiers is null ? [] : yaml.Items(tiers, "tiers"))
        {
            (YamlScalarNode Key, YamlNode Value)[] members = [.. yaml.Members(tier, "a tier such as '{ over: 200000, input: 5 }'")];
            YamlNode over = members.FirstOrDefault(member => member.Key.Value == "over").Value ?? throw yaml.Fault(tier, "The tier lacks the key 'over', the number of input tokens above which it holds.");
            long threshold = yaml.Count(over);
            if (threshold <= last)
            {
                throw yaml.Fault(over, $"The tier over {threshold} overlaps the tier over {last}; tiers rise from one to the next.");
            }

            last = threshold;
            yield return new RateLine(channel, threshold, ReadRates(channel, tier, out _, "over") ?? throw yaml.Fault(tier, "The tier lists no price."));
        }
    }

    private Rates? ReadRates(string channel, YamlNode node, out YamlNode? tiers, string? extraKey = null)
    {
        var prices = new decimal?[RateUnits.Count];
        bool any = false;
        tiers = null;
        foreach ((YamlScalarNode key, YamlNode value) in yaml.Members(node, "prices"))
        {
            if (Units.TryGetValue(key.Value ?? "", out RateUnit unit))
            {
                prices[(int)unit] = Checked(channel, unit, value, extraKey is null);
                any = true;
            }
            else if (key.Value == "tiers")
            {
                tiers = value;
            }
            else if (key.Value != extraKey && (channel != Pricing.Listings.Channels.All[0] || extraKey is not null))
            {
                throw yaml.UnknownKey(key, extraKey is null ? RateKeys : [extraKey, .. Units.Keys]);
            }
        }

        return any ? new Rates(prices) : null;
    }

    private decimal Checked(string channel, RateUnit unit, YamlNode node, bool isFirstTier)
    {
        decimal price = yaml.Price(node);
        decimal? before = isFirstTier && channel == Pricing.Listings.Channels.All[0] ? below?.Periods[below.Periods.Count - 1].Lines[0].Rates[unit] : null;
        return !isChecked && PriceSanity.Problem(unit, price, before) is { } problem
            ? throw yaml.Fault(node, $"{problem} If it is right, add 'checked: true' to the model.")
            : price;
    }
}
