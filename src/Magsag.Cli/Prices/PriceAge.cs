namespace Magsag.Cli.Prices;

/// <summary>How old the figures of a catalogue are. For people only: neither analyzers nor gate depend on the day.</summary>
internal static class PriceAge
{
    private const int MostDays = 90;

    /// <summary>The day of the newest source, as reports state it at their foot.</summary>
    public static string Foot(PriceCatalog catalog) => $"Prices: the newest source is of {CatalogSyntax.Print(catalog.AsOf.UtcDateTime)}.";

    /// <summary>A warning when the newest source is older than 90 days; null otherwise.</summary>
    public static string? Warning(PriceCatalog catalog, DateTimeOffset now)
    {
        int days = (int)(now - catalog.AsOf).TotalDays;
        return days > MostDays
            ? $"The newest source of the prices is {MoneyText.Count(days)} days old ({CatalogSyntax.Print(catalog.AsOf.UtcDateTime)}). `magsag prices update` brings newer ones, as does a newer package."
            : null;
    }

    /// <summary>A report that states at its foot how old the prices are, and warns when they are too old.</summary>
    public static Report Stated(Report report, PriceCatalog catalog, DateTimeOffset now) => report with
    {
        Notes = Warning(catalog, now) is { } warning ? [.. report.Notes, warning] : report.Notes,
        Foot = new Fact("prices_as_of", "Newest source of the prices", CatalogSyntax.Print(catalog.AsOf.UtcDateTime)),
    };
}
