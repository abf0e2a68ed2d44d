namespace Magsag.Cli.Prices;

/// <summary>One price that an import changes: of one unit, in one channel, above one number of input tokens, perhaps from a later day on or in some hours.</summary>
internal sealed record PriceMove(string When, string Channel, long Over, RateUnit Unit, decimal? Before, decimal After)
{
    /// <summary>How much dearer it becomes; a price that is new is compared with nothing and counts neither way.</summary>
    public decimal Difference => Before is { } before ? After - before : 0m;

    /// <summary>What a list says differently from the catalogue; a unit that it doesn't list is no change, except that a tier takes from the tier below what it doesn't list itself.</summary>
    /// <param name="existing">The model as the catalogue has it, or null.</param>
    /// <param name="listed">The model as the list has it.</param>
    /// <param name="at">The day of the list: it says nothing about the days before.</param>
    public static IReadOnlyList<PriceMove> Between(ModelPrice? existing, ModelPrice listed, DateTimeOffset at)
    {
        long[] tiers = [.. listed.Entry.Periods.SelectMany(period => period.Lines).Select(line => line.Over).Distinct().OrderBy(over => over)];
        return
        [
            .. from period in listed.Entry.Periods
               where ImportMerge.IsInForceAfter(listed.Entry, period, at)
               let time = TimeWithin(listed.Entry, period, at)
               from channel in Channels.All
               let terms = new PriceTerms(time, channel)
               from over in tiers
               let after = listed.RatesFor(terms, over + 1)
               where after is not null
               let before = existing?.RatesFor(terms, over + 1)
               from unit in Enumerable.Range(0, RateUnits.Count).Select(unit => (RateUnit)unit)
               where after[unit] is not null && after[unit] != before?[unit]
               select new PriceMove(WhenOf(period, at), channel, over, unit, before?[unit], after[unit].GetValueOrDefault()),
        ];
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string place = Over == 0 ? Channel : $"{Channel} over {Over}";
        return $"{When}{place} {RateUnits.WordOf(Unit)} {(Before is { } before ? CatalogSyntax.Print(before) : "none")} to {CatalogSyntax.Print(After)}";
    }

    private static string WhenOf(PricePeriod period, DateTimeOffset at) =>
        (period.From > at.UtcDateTime ? $"from {CatalogSyntax.Print(period.From.Value)} " : "") + (period.Window is { } window ? $"at {CatalogSyntax.Print(window)} " : "");

    // A time at which this period's price holds and no other's.
    private static DateTimeOffset TimeWithin(ModelEntry entry, PricePeriod period, DateTimeOffset at)
    {
        DateTime day = period.From > at.UtcDateTime ? period.From.Value : at.UtcDateTime.Date;
        IEnumerable<DateTime> hours = Enumerable.Range(0, 7 * 24 * 4).Select(quarter => day.AddMinutes(15 * quarter));
        DateTime time = period.Window is { } window
            ? hours.FirstOrDefault(window.Contains, day)
            : hours.FirstOrDefault(hour => !entry.Periods.Any(other => other.From == period.From && other.Window?.Contains(hour) == true), day);
        return new DateTimeOffset(time, TimeSpan.Zero);
    }
}
