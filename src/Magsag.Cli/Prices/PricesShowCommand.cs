using System.CommandLine;
using System.Globalization;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;

namespace Magsag.Cli;

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
        OutputOptions format = OutputOptions.AddTo(command);
        command.SetAction(parsed =>
        {
            DateTimeOffset now = terminal.Clock.GetUtcNow();
            DateTimeOffset time = parsed.GetValue(at) is { } text ? TimeText.Parse("--at", text, format.ZoneOf(parsed), now) : now;
            ModelPrice found = KnownModel.Find(prices.CatalogOf(parsed, terminal), parsed.GetValue(model)!, parsed.GetValue(provider));
            format.Write(ReportOf(found, time), parsed, terminal);
            return ExitCode.Passed;
        });
        return command;
    }

    private static Report ReportOf(ModelPrice model, DateTimeOffset at) => new()
    {
        Title = $"{model.Provider}/{model.Model}",
        Facts =
        [
            .. new[]
            {
                new Fact("provider", "Provider", model.Provider),
                new Fact("model", "Model", model.Model),
                new Fact("mode", "Mode", model.Mode),
                new Fact("context_window", "Context window", (long?)model.ContextWindow, CellKind.Count),
                new Fact("max_output_tokens", "Most output tokens", (long?)model.MaxOutputTokens, CellKind.Count),
                new Fact("price_id", "Price id", model.PriceIdAt(at)),
                new Fact("source", "Source", model.SourceAt(at)),
                new Fact("retired_on", "Retired on", model.RetiredOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                new Fact("successor", "Successor", model.Successor),
            }.Where(static fact => fact.Value is not null),
        ],
        Tables =
        [
            new Table(
                "prices",
                "Prices in US dollars per million tokens",
                [
                    new Column("channel", "Channel"),
                    new Column("above_input_tokens", "Above", CellKind.Tokens),
                    new Column("input_usd_per_mtok", "Input", CellKind.Price),
                    new Column("cached_input_usd_per_mtok", "Cached", CellKind.Price),
                    new Column("cache_write_usd_per_mtok", "Cache write", CellKind.Price),
                    new Column("cache_write_1h_usd_per_mtok", "Cache write 1 h", CellKind.Price),
                    new Column("output_usd_per_mtok", "Output", CellKind.Price),
                ],
                [
                    .. Channels.SelectMany(channel => TiersOf(model, new PriceTerms(at, channel.Tier, channel.Batch))
                        .Select(tier => (IReadOnlyList<object?>)[channel.Name, tier.Above, tier.Rates.Input, tier.Rates[RateUnit.CachedInput], tier.Rates[RateUnit.CacheWrite], tier.Rates[RateUnit.CacheWriteOneHour], tier.Rates.Output])),
                ]),
        ],
        Notes = model.Notes,
    };

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
