using System.Globalization;
using System.Text;
using Magsag.Yaml.Prices;

namespace Magsag.Cli.Prices;

/// <summary>Writes changed prices as <c>magsag.prices.yaml</c>, with everything that the catalogue has about them.</summary>
internal static class OwnPricesText
{
    public static string Write(IEnumerable<PriceChange> changes, PriceCatalog catalog, string source, DateTimeOffset day)
    {
        var text = new StringBuilder("# yaml-language-server: $schema=https://github.com/magsag/magsag/raw/main/docs/schemas/magsag.prices.schema.json\nversion: 1\n\nmodels:\n");
        foreach (PriceChange change in changes)
        {
            if (catalog.Find(change.Model, change.Provider) is { } model)
            {
                Append(text, change.Kind == PriceChangeKind.Added ? model.Entry : Changed(model.Entry, day.UtcDateTime.Date), $"{source} {CatalogSyntax.Print(day.UtcDateTime)}");
            }
        }

        return text.ToString();
    }

    // The time before the import stays as the catalogue has it.
    private static ModelEntry Changed(ModelEntry entry, DateTime day)
    {
        DateTime? begun = entry.Periods.Where(period => period.From is null || period.From <= day).Max(static period => period.From);
        return entry with { Periods = [.. entry.Periods.Where(period => period.From == begun || period.From > day)] };
    }

    private static void Append(StringBuilder text, ModelEntry entry, string source)
    {
        void Line(string key, string? value)
        {
            _ = value is null ? text : text.Append("    ").Append(key).Append(": ").Append(value).Append('\n');
        }

        text.Append("  - provider: ").Append(YamlText.Quoted(entry.Provider)).Append('\n');
        Line("model", YamlText.Quoted(entry.Model));
        Line("source", YamlText.Quoted(source));
        Line("mode", entry.Mode == "chat" ? null : YamlText.Quoted(entry.Mode));
        Line("context_window", entry.ContextWindow?.ToString(CultureInfo.InvariantCulture));
        Line("max_output_tokens", entry.MaxOutputTokens?.ToString(CultureInfo.InvariantCulture));
        Line("retired", entry.RetiredOn is { } day ? CatalogSyntax.Print(day) : null);
        Line("uplifts", entry.Uplifts.Count == 0 ? null : $"{{ {string.Join(", ", entry.Uplifts.Select(static uplift => $"{YamlText.Quoted(uplift.Region)}: {CatalogSyntax.Print(uplift.Factor)}"))} }}");
        text.Append("    prices:\n");
        foreach (PricePeriod period in entry.Periods)
        {
            Append(text, period);
        }
    }

    private static void Append(StringBuilder text, PricePeriod period)
    {
        string indent = "      - ";
        void Line(string key, string? value)
        {
            if (value is not null)
            {
                text.Append(indent).Append(key).Append(": ").Append(value).Append('\n');
                indent = "        ";
            }
        }

        Line("from", period.From is { } from ? CatalogSyntax.Print(from) : null);
        Line("hours_utc", period.Window is { } window ? YamlText.Quoted(CatalogSyntax.Print(window)) : null);
        Line("weekdays", period.Window is { Days: not Weekdays.All } hours ? YamlText.Quoted(WeekdayText.Print(hours.Days)) : null);
        Line("graduated", period.Graduated ? "true" : null);
        foreach (IGrouping<string, RateLine> channel in period.Lines.GroupBy(static line => line.Channel))
        {
            RateLine? first = channel.FirstOrDefault(static line => line.Over == 0);
            string[] tiers = [.. channel.Where(static line => line.Over > 0).Select(static line => $"{{ over: {line.Over}{string.Concat(Prices(line).Select(static price => $", {price}"))} }}")];
            string? list = tiers.Length == 0 ? null : $"[{string.Join(", ", tiers)}]";
            if (channel.Key == Channels.All[Channels.Standard])
            {
                foreach (string[] price in Prices(first!).Select(static price => price.Split(": ")))
                {
                    Line(price[0], price[1]);
                }

                Line("tiers", list);
            }
            else
            {
                Line(channel.Key, $"{{ {string.Join(", ", (first is null ? [] : Prices(first)).Concat(list is null ? [] : [$"tiers: {list}"]))} }}");
            }
        }
    }

    private static IEnumerable<string> Prices(RateLine line) => OwnPeriodsReader.Units
        .Where(unit => line.Rates[unit.Value] is not null)
        .Select(unit => $"{unit.Key}: {CatalogSyntax.Print(line.Rates[unit.Value].GetValueOrDefault())}");
}
