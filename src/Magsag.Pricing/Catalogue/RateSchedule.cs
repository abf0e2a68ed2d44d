namespace Magsag.Pricing;

/// <summary>All prices of one period of one model, resolved for every channel and region, so that pricing a call only looks up.</summary>
internal sealed class RateSchedule
{
    private readonly Dictionary<string, RateBand[]> _global;
    private readonly Dictionary<string, Dictionary<string, RateBand[]>> _regional = new(StringComparer.OrdinalIgnoreCase);
    private readonly RateBand[] _standard;

    public RateSchedule(PricePeriod period, decimal? batchFactor, IEnumerable<KeyValuePair<string, decimal>> uplifts)
    {
        Period = period;
        _standard = StandardBands(period);
        _global = new Dictionary<string, RateBand[]>(StringComparer.Ordinal) { [Channels.Standard] = _standard };
        foreach (string channel in Channels.All)
        {
            if (channel != Channels.Standard && ChannelBands(period, channel, batchFactor) is { } bands)
            {
                _global.Add(channel, bands);
            }
        }

        foreach (KeyValuePair<string, decimal> uplift in uplifts)
        {
            _regional[uplift.Key] = _global.ToDictionary(
                channel => channel.Key,
                channel => Array.ConvertAll(channel.Value, band => band.With(Times(band.Rates, uplift.Value))),
                StringComparer.Ordinal);
        }
    }

    public PricePeriod Period { get; }

    /// <summary>The bands in which a call under these terms is billed, or null when its tier has no known price.</summary>
    public RateBand[]? BandsFor(in PriceTerms terms)
    {
        string? channel = Channels.Of(terms);
        if (channel is null)
        {
            return null;
        }

        if (terms.Region is { } region && _regional.TryGetValue(region, out Dictionary<string, RateBand[]>? uplifted))
        {
            return uplifted.TryGetValue(channel, out RateBand[]? regional) ? regional : null;
        }

        if (channel == Channels.Standard)
        {
            return _standard;
        }

        return _global.TryGetValue(channel, out RateBand[]? bands) ? bands : null;
    }

    private static RateBand[] StandardBands(PricePeriod period)
    {
        Rates below = period.Lines[0].Rates;
        var bands = new List<RateBand>();
        foreach (RateLine line in period.Lines.Where(line => line.Channel == Channels.Standard))
        {
            // A band lists what changes; the rest stays as it is below.
            below = line.Over == 0 ? line.Rates : Merge(line.Rates, below);
            bands.Add(new RateBand(line.Over, below));
        }

        return [.. bands];
    }

    private RateBand[]? ChannelBands(PricePeriod period, string channel, decimal? batchFactor)
    {
        RateLine[] lines = [.. period.Lines.Where(line => line.Channel == channel)];
        if (lines.Length == 0)
        {
            return channel == Channels.Batch && batchFactor is { } factor
                ? Array.ConvertAll(_standard, band => band.With(Times(band.Rates, factor)))
                : null;
        }

        Rates first = lines[0].Rates;
        decimal? input = Ratio(first.Input, _standard[0].Rates.Input);
        decimal? output = Ratio(first.Output, _standard[0].Rates.Output);
        return Array.ConvertAll(_standard, band =>
        {
            // What the channel doesn't list is as much cheaper or dearer as what it does list.
            Rates listed = lines.LastOrDefault(line => line.Over == band.Over)?.Rates ?? new Rates();
            return band.With(band.Rates.Select((unit, price) => listed[unit] ?? (RateUnits.IsPerToken(unit) ? price * ((RateUnits.IsOutput(unit) ? output : input) ?? input ?? output) : price)));
        });
    }

    private static decimal? Ratio(decimal? price, decimal? standard) => price is { } own && standard is > 0 ? own / standard : null;

    private static Rates Merge(Rates band, Rates below) => band.Select((unit, price) => price ?? below[unit]);

    private static Rates Times(Rates rates, decimal factor) => rates.Select((unit, price) => RateUnits.IsPerToken(unit) ? price * factor : price);
}
