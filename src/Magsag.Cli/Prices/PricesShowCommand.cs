using System.Globalization;

namespace Magsag.Cli.Prices;

/// <summary><c>magsag prices show</c></summary>
internal static class PricesShowCommand
{
    private static readonly (string Name, string? Tier, bool Batch)[] Channels = [("standard", null, false), ("batch", null, true), ("flex", "flex", false), ("priority", "priority", false)];

    public static Command Create(Terminal terminal)
    {
        var model = new Argument<string>("model") { Description = "Any id by which the model is called." };
        var provider = new Option<string?>("--provider") { Description = "The provider, where several serve the model.", HelpName = "name" };
        var at = new Option<string?>("--at") { Description = "The prices of this day instead of today's.", HelpName = "time" };
        var prices = new PriceFile();
        var command = new Command("show", "Show all prices of a model, in US dollars per million tokens, and where they come from.") { model, provider, at, prices };
        return OutputOptions.Print(command, terminal, (parsed, zone, _) =>
        {
            DateTimeOffset now = terminal.Clock.GetUtcNow();
            DateTimeOffset time = parsed.GetValue(at) is { } text ? TimeText.Parse("--at", text, zone, now) : now;
            return CreateReport(KnownModel.Find(prices.ReadCatalog(parsed, terminal), parsed.GetValue(model)!, parsed.GetValue(provider)), time);
        });
    }

    private static Report CreateReport(ModelPrice model, DateTimeOffset at) => new()
    {
        Title = $"{model.Provider}/{model.Model}",
        Facts = [.. FactsAbout(model, at).Where(static fact => fact.Value is not null)],
        Tables = [PricesTable([.. Channels.SelectMany(channel => TiersOf(model, new PriceTerms(at, channel.Tier, channel.Batch)).Select(tier => (channel.Name, tier.Above, tier.Rates)))])],
        Notes = model.Notes,
    };

    private static Fact[] FactsAbout(ModelPrice model, DateTimeOffset at) =>
    [
        new Fact("provider", "Provider", model.Provider),
        new Fact("model", "Model", model.Model),
        new Fact("mode", "Mode", model.Mode),
        new Fact("context_window", "Context window", (long?)model.ContextWindow, CellKind.Count),
        new Fact("max_output_tokens", "Most output tokens", (long?)model.MaxOutputTokens, CellKind.Count),
        new Fact("price_id", "Price id", model.PriceIdAt(at)),
        new Fact("source", "Source", model.SourceAt(at)),
        new Fact("retired_on", "Retired on", model.RetiredOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new Fact("successor", "Successor", model.Successor),
    ];

    private static Table PricesTable(IReadOnlyList<(string Channel, long Above, Rates Rates)> prices) => Table.From(
        "prices",
        "Prices in US dollars per million tokens",
        prices,
        [
            new("channel", "Channel", static row => row.Channel),
            new("above_input_tokens", "Above", static row => row.Above, CellKind.Tokens),
            new("input_usd_per_mtok", "Input", static row => row.Rates.Input, CellKind.Price),
            new("cached_input_usd_per_mtok", "Cached", static row => row.Rates[RateUnit.CachedInput], CellKind.Price),
            new("cache_write_usd_per_mtok", "Cache write", static row => row.Rates[RateUnit.CacheWrite], CellKind.Price),
            new("cache_write_1h_usd_per_mtok", "Cache write 1 h", static row => row.Rates[RateUnit.CacheWriteOneHour], CellKind.Price),
            new("output_usd_per_mtok", "Output", static row => row.Rates.Output, CellKind.Price),
        ]);

    // From the shortest context to the longest: each tier begins above a number of input tokens.
    private static IEnumerable<(long Above, Rates Rates)> TiersOf(ModelPrice model, PriceTerms terms)
    {
        List<(long, Rates)> tiers = [];
        long above = long.MaxValue;
        do
        {
            long longest = above;
            above = model.ContextTierOf(longest, terms);
            if (model.RatesFor(terms, longest) is { } rates)
            {
                tiers.Insert(0, (above, rates));
            }
        }
        while (above > 0);

        return tiers;
    }
}
