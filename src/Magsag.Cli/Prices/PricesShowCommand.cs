using System.Globalization;

namespace Magsag.Cli.Prices;

/// <summary><c>magsag prices show</c></summary>
internal static class PricesShowCommand
{
    private static readonly (string Name, string? Tier, bool Batch)[] Terms = [.. Channels.All.Select(static channel => (channel, channel == "batch" ? null : channel, channel == "batch"))];

    // In the order in which the catalogue prints them; the columns of programs keep their names.
    private static readonly (RateUnit Unit, string Key, string Title)[] Units =
    [
        (RateUnit.Input, "input_usd_per_mtok", "Input"),
        (RateUnit.CachedInput, "cached_input_usd_per_mtok", "Cached"),
        (RateUnit.CacheWrite, "cache_write_usd_per_mtok", "Write"),
        (RateUnit.CacheWriteOneHour, "cache_write_1h_usd_per_mtok", "Write 1 h"),
        (RateUnit.Output, "output_usd_per_mtok", "Output"),
        (RateUnit.Reasoning, "reasoning_usd_per_mtok", "Reasoning"),
        (RateUnit.Citation, "citation_usd_per_mtok", "Citations"),
        (RateUnit.InputAudio, "input_audio_usd_per_mtok", "Audio in"),
        (RateUnit.CachedInputAudio, "cached_input_audio_usd_per_mtok", "Audio cached"),
        (RateUnit.OutputAudio, "output_audio_usd_per_mtok", "Audio out"),
        (RateUnit.InputImage, "input_image_usd_per_mtok", "Image in"),
        (RateUnit.CachedInputImage, "cached_input_image_usd_per_mtok", "Image cached"),
        (RateUnit.OutputImage, "output_image_usd_per_mtok", "Image out"),
        (RateUnit.InputVideo, "input_video_usd_per_mtok", "Video in"),
        (RateUnit.OutputVideo, "output_video_usd_per_mtok", "Video out"),
        (RateUnit.WebSearch, "search_usd_per_thousand", "Search/1k"),
        (RateUnit.Request, "request_usd_per_thousand", "Request/1k"),
        (RateUnit.AudioHour, "audio_usd_per_hour", "Hour of audio"),
    ];

    // Where a model has none, programs still find the column.
    private const int AlwaysShown = 5;

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
            PriceCatalog catalog = prices.ReadCatalog(parsed, terminal);
            return PriceAge.Stated(CreateReport(KnownModel.Find(catalog, parsed.GetValue(model)!, parsed.GetValue(provider)), time), catalog, now);
        });
    }

    private static Report CreateReport(ModelPrice model, DateTimeOffset at) => new()
    {
        Title = $"{model.Provider}/{model.Model}",
        Facts = [.. FactsAbout(model, at).Where(static fact => fact.Value is not null)],
        Tables = [PricesTable([.. PricesOf(model, at)])],
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
        new Fact("regions", "Regions", model.Uplifts.Count == 0 ? null : string.Join(", ", model.Uplifts.Select(static uplift => $"{uplift.Region} times {CatalogSyntax.Print(uplift.Factor)}"))),
        new Fact("retired_on", "Retired on", model.RetiredOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new Fact("successor", "Successor", model.Successor),
    ];

    private static Table PricesTable(IReadOnlyList<ShownPrice> prices) => Table.From(
        "prices",
        "Prices in US dollars per million tokens",
        prices,
        [
            .. prices.All(static row => row.When is null) ? (TableColumn<ShownPrice>[])[] : [new("when", "When", static row => row.When)],
            new("channel", "Channel", static row => row.Channel),
            new("above_input_tokens", "Above", static row => row.Above, CellKind.Tokens, ForProgramsOnly: prices.All(static row => row.Above == 0)),
            .. Units
                .Where((unit, index) => index < AlwaysShown || prices.Any(row => row.Rates[unit.Unit] is not null))
                .Select(unit => new TableColumn<ShownPrice>(unit.Key, unit.Title, row => row.Rates[unit.Unit], CellKind.Price, ForProgramsOnly: prices.All(row => row.Rates[unit.Unit] is null))),
            .. prices.Select(static row => row.Source).Distinct().Count() < 2 ? (TableColumn<ShownPrice>[])[] : [new("source", "Source", static row => row.Source)],
        ]);

    // What holds now, in other hours, and from later days on.
    private static IEnumerable<ShownPrice> PricesOf(ModelPrice model, DateTimeOffset at) =>
        from period in model.Entry.Periods
        where ImportMerge.IsInForceAfter(model.Entry, period, at)
        let time = PeriodTime.Within(model.Entry, period, at)
        from channel in Terms
        from tier in TiersOf(model, new PriceTerms(time, channel.Tier, channel.Batch))
        where channel.Name != "fast" || period.Lines.Any(static line => line.Channel == "fast")
        select new ShownPrice(PeriodTime.TextOf(period, at), channel.Name, tier.Above, tier.Rates, $"{period.Source} {CatalogSyntax.Print(period.ReadOn)}");

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
