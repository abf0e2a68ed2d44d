using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Catalogue;

/// <summary>All prices of one period of one model, resolved for every channel and region, so that pricing a call only looks up.</summary>
internal sealed class RateSchedule
{
    // By channel, in the order of Channels.All; null where the channel has no price.
    private readonly RateBand[]?[] _global;
    private readonly string[] _regions;
    private readonly RateBand[]?[][] _regional;
    private readonly RateBand[] _standard;

    public RateSchedule(PricePeriod period, decimal? batchFactor, IReadOnlyList<Uplift> uplifts)
    {
        Period = period;
        FromTicks = period.From?.Ticks ?? 0;
        _standard = StandardBands(period);
        _global = new RateBand[]?[Channels.All.Length];
        _global[Channels.Standard] = _standard;
        for (int channel = Channels.Standard + 1; channel < _global.Length; channel++)
        {
            _global[channel] = ChannelBands(period, channel, batchFactor);
        }

        _regions = new string[uplifts.Count];
        _regional = new RateBand[]?[uplifts.Count][];
        for (int region = 0; region < _regions.Length; region++)
        {
            decimal factor = uplifts[region].Factor;
            _regions[region] = uplifts[region].Region;
            _regional[region] = Array.ConvertAll(_global, bands => bands is null ? null : Array.ConvertAll(bands, band => band.With(band.Rates.Times(factor))));
        }
    }

    public PricePeriod Period { get; }

    /// <summary>The first day in ticks of UTC, or 0 for "ever since".</summary>
    public long FromTicks { get; }

    /// <summary>The price's name in records, once it was asked for: the same text for every call.</summary>
    public string? PriceId { get; set; }

    /// <summary>Whether the period holds at a time, given in ticks of UTC.</summary>
    public bool Holds(long utcTicks) =>
        FromTicks <= utcTicks && (Period.Window is not { } window || window.Contains(new DateTime(utcTicks, DateTimeKind.Utc)));

    /// <summary>The bands in which a call under these terms is billed, or null when its tier has no known price.</summary>
    public RateBand[]? BandsFor(in PriceTerms terms)
    {
        if ((terms.Batch ? Channels.Batch : Channels.Find(terms.ServiceTier)) is not { } channel)
        {
            return null;
        }

        if (terms.Region is { } region)
        {
            for (int at = 0; at < _regions.Length; at++)
            {
                if (string.Equals(_regions[at], region, StringComparison.OrdinalIgnoreCase))
                {
                    return _regional[at][channel];
                }
            }
        }

        return _global[channel];
    }

    private static RateBand[] StandardBands(PricePeriod period)
    {
        Rates below = period.Lines[0].Rates;
        var bands = new List<RateBand>();
        foreach (RateLine line in period.Lines.Where(line => line.Channel == Channels.All[Channels.Standard]))
        {
            // A band lists what changes; the rest stays as it is below.
            below = line.Over == 0 ? line.Rates : Merge(line.Rates, below);
            bands.Add(new RateBand(line.Over, below));
        }

        return [.. bands];
    }

    private RateBand[]? ChannelBands(PricePeriod period, int channel, decimal? batchFactor)
    {
        RateLine[] lines = [.. period.Lines.Where(line => line.Channel == Channels.All[channel])];
        if (lines.Length == 0)
        {
            return channel == Channels.Batch && batchFactor is { } factor ? Array.ConvertAll(_standard, band => band.With(band.Rates.Times(factor)))
                : Channels.Fallback(channel) is { } other ? _global[other]
                : null;
        }

        Rates first = lines[0].Rates;
        decimal? input = Ratio(first.Input, _standard[0].Rates.Input);
        decimal? output = Ratio(first.Output, _standard[0].Rates.Output);
        return Array.ConvertAll(_standard, band =>
        {
            // What the channel doesn't list is as much cheaper or dearer as what it does list.
            Rates listed = lines.LastOrDefault(line => line.Over == band.Over)?.Rates ?? Rates.None;
            return band.With(band.Rates.Select((unit, price) => listed[unit] ?? (RateUnits.IsPerToken(unit) ? price * ((RateUnits.IsOutput(unit) ? output : input) ?? input ?? output) : price)));
        });
    }

    private static decimal? Ratio(decimal? price, decimal? standard) => price is { } own && standard is > 0 ? own / standard : null;

    private static Rates Merge(Rates band, Rates below) => band.Select((unit, price) => price ?? below[unit]);
}
