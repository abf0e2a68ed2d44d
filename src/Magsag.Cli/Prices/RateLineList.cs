namespace Magsag.Cli.Prices;

/// <summary>Gathers the prices of another list into rate lines, and keeps account of each.</summary>
internal sealed class RateLineList(List<ImportedFigure> figures)
{
    private readonly SortedDictionary<(int Channel, long Over), decimal?[]> _prices = [];

    public void Add(string name, string channel, long over, RateUnit unit, decimal price)
    {
        (int, long) key = (Array.IndexOf(Channels.All, channel), over);
        if (!_prices.TryGetValue(key, out decimal?[]? prices))
        {
            _prices.Add(key, prices = new decimal?[RateUnits.Count]);
        }

        bool isTaken = prices[(int)unit] is not { } other || other == price;
        prices[(int)unit] ??= price;
        figures.Add(new ImportedFigure(name, price, isTaken ? null : $"another member states another price for '{RateUnits.WordOf(unit)}'"));
    }

    public void Refuse(string name, decimal price, string reason) => figures.Add(new ImportedFigure(name, price, reason));

    /// <summary>Adds a channel in which all standard prices cost a factor more.</summary>
    public void AddChannel(string name, string channel, decimal factor)
    {
        figures.Add(new ImportedFigure(name, factor));
        foreach ((int Channel, long Over) key in _prices.Keys.Where(static key => key.Channel == Channels.Standard).ToArray())
        {
            var rates = new Rates(_prices[key]);
            _prices[(Array.IndexOf(Channels.All, channel), key.Over)] = [.. Enumerable.Range(0, RateUnits.Count).Select(unit => RateUnits.IsPerToken((RateUnit)unit) ? rates[(RateUnit)unit] * factor : null)];
        }
    }

    /// <summary>The lines, by channel and tier; at a tier that only a channel has, the standard price goes on.</summary>
    public IReadOnlyList<RateLine> Lines()
    {
        long[] standard = [.. _prices.Keys.Where(static key => key.Channel == Channels.Standard).Select(static key => key.Over)];
        foreach (long over in standard.Length == 0 ? [] : _prices.Keys.Select(static key => key.Over).Except(standard).Where(over => over > standard[0]).ToArray())
        {
            _prices.Add((Channels.Standard, over), _prices[(Channels.Standard, standard.Last(below => below < over))]);
        }

        return [.. _prices.Select(static pair => new RateLine(Channels.All[pair.Key.Channel], pair.Key.Over, new Rates(pair.Value)))];
    }
}
