using System.Text;
using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Text;

/// <summary>Prints a catalogue in its one canonical form: sorted, one fact per line.</summary>
internal static class CatalogWriter
{
    public const string Header = """
        # Magsag's price catalogue. docs/guides/prices.md explains how it is chosen, updated and overridden.
        # US dollars: tokens per million; search and request per thousand; audio-hour per hour.
        # A unit without a price of its own costs what the broader unit costs (cached input costs in, reasoning costs out).
        # "over N": the whole call costs this when it has more than N input tokens, except in a price that says graduated.
        # "from": the first day (UTC) on which the price is in force. "source": where the figures were read, and when.
        """;

    public static string Print(IEnumerable<ProviderEntry> providers, IEnumerable<ModelEntry> models)
    {
        var text = new StringBuilder(Header.Replace("\r", "")).Append("\nformat ").Append(CatalogScan.Format).Append('\n');
        ILookup<string, ModelEntry> byProvider = models.ToLookup(model => model.Provider);
        foreach (ProviderEntry provider in providers.OrderBy(provider => provider.Name, StringComparer.Ordinal))
        {
            Print(text, provider);
            foreach (ModelEntry model in byProvider[provider.Name].OrderBy(model => model.Model, StringComparer.Ordinal))
            {
                Print(text, model);
            }
        }

        return text.ToString();
    }

    private static void Print(StringBuilder text, ProviderEntry provider)
    {
        text.Append("\nprovider ").Append(provider.Name).Append('\n');
        PrintNames(text, "  also", provider.Also.OrderBy(name => name, StringComparer.Ordinal));
        PrintNames(text, "  like", provider.Like);
        if (provider.Batch is { } batch)
        {
            text.Append("  batch ").Append(CatalogSyntax.Print(batch)).Append('\n');
        }

        PrintUplifts(text, "  ", provider.Uplifts);
        if (provider.Resells)
        {
            text.Append("  resells\n");
        }

        if (provider.Free)
        {
            text.Append("  free\n");
        }
    }

    private static void Print(StringBuilder text, ModelEntry model)
    {
        text.Append("\n  model ").Append(model.Model).Append('\n');
        PrintNames(text, "    also", model.Also.OrderBy(name => name, StringComparer.Ordinal));
        PrintFact(text, "mode", model.Mode == "chat" ? null : model.Mode);
        PrintFact(text, "context", model.ContextWindow?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        PrintFact(text, "output", model.MaxOutputTokens?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        PrintFact(text, "retired", model.RetiredOn is { } day ? CatalogSyntax.Print(day) : null);
        PrintFact(text, "successor", model.Successor);
        PrintUplifts(text, "    ", model.Uplifts);
        foreach (string note in model.Notes)
        {
            PrintFact(text, "note", note);
        }

        foreach (PricePeriod period in model.Periods)
        {
            Print(text, period);
        }
    }

    private static void Print(StringBuilder text, PricePeriod period)
    {
        text.Append("    price");
        if (period.From is { } from)
        {
            text.Append(" from ").Append(CatalogSyntax.Print(from));
        }

        if (period.Window is { } window)
        {
            text.Append(" utc ").Append(CatalogSyntax.Print(window));
            if (window.Days != Weekdays.All)
            {
                text.Append(" days ").Append(WeekdayText.Print(window.Days));
            }
        }

        text.Append(period.Graduated ? " graduated" : "").Append(" source ").Append(period.Source).Append(' ').Append(CatalogSyntax.Print(period.ReadOn)).Append('\n');
        foreach (RateLine line in period.Lines)
        {
            text.Append("      ").Append(line.Channel);
            if (line.Over > 0)
            {
                text.Append(" over ").Append(line.Over);
            }

            for (RateUnit unit = 0; (int)unit < RateUnits.Count; unit++)
            {
                if (line.Rates[unit] is { } price)
                {
                    text.Append(' ').Append(RateUnits.WordOf(unit)).Append(' ').Append(CatalogSyntax.Print(price));
                }
            }

            text.Append('\n');
        }
    }

    private static void PrintNames(StringBuilder text, string word, IEnumerable<string> names)
    {
        string joined = string.Join(" ", names);
        if (joined.Length > 0)
        {
            text.Append(word).Append(' ').Append(joined).Append('\n');
        }
    }

    private static void PrintFact(StringBuilder text, string word, string? value)
    {
        if (value is not null)
        {
            text.Append("    ").Append(word).Append(' ').Append(value).Append('\n');
        }
    }

    private static void PrintUplifts(StringBuilder text, string indent, IReadOnlyList<Uplift> uplifts)
    {
        foreach (Uplift uplift in uplifts.OrderBy(uplift => uplift.Region, StringComparer.Ordinal))
        {
            text.Append(indent).Append("uplift ").Append(uplift.Region).Append(' ').Append(CatalogSyntax.Print(uplift.Factor)).Append('\n');
        }
    }
}
