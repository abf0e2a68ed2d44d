using System.Globalization;
using System.Text;

namespace Magsag.Cli.Prices;

/// <summary>Writes changed prices as <c>magsag.prices.yaml</c>.</summary>
internal static class OwnPricesText
{
    public static string Write(IEnumerable<PriceChange> changes, PriceCatalog catalog, string source, DateTimeOffset day)
    {
        var text = new StringBuilder("# yaml-language-server: $schema=https://github.com/magsag/magsag/raw/main/docs/schemas/magsag.prices.schema.json\nversion: 1\n\nmodels:\n");
        foreach (PriceChange change in changes)
        {
            if (catalog.Find(change.Model, change.Provider)?.RatesFor(new PriceTerms(day)) is { } rates)
            {
                Append(text, change, rates, source, day);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, PriceChange change, Rates rates, string source, DateTimeOffset day)
    {
        text.Append("  - provider: ").Append(YamlText.Quoted(change.Provider)).Append('\n');
        text.Append("    model: ").Append(YamlText.Quoted(change.Model)).Append('\n');
        text.Append("    source: ").Append(YamlText.Quoted($"{source} {Day(day)}")).Append('\n');
        text.Append("    prices:\n");
        string indent = "      - ";
        if (change.Kind != PriceChangeKind.Added)
        {
            text.Append(indent).Append("from: ").Append(Day(day)).Append('\n');
            indent = "        ";
        }

        foreach ((string key, decimal? price) in new[] { ("input", rates.Input), ("cached_input", rates[RateUnit.CachedInput]), ("cache_write", rates[RateUnit.CacheWrite]), ("output", rates.Output) })
        {
            if (price is { } known)
            {
                text.Append(indent).Append(key).Append(": ").Append(ExactMoney.WithoutTrailingZeros(known).ToString(CultureInfo.InvariantCulture)).Append('\n');
                indent = "        ";
            }
        }
    }

    private static string Day(DateTimeOffset day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
