using System.Globalization;
using System.Text.Json;
using Magsag.Cli.Prices;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Listings;
using Magsag.Yaml;

namespace Magsag.Cli.Tests.Prices;

/// <summary>Every figure of a list is in the catalogue that it makes, or in the list of refusals.</summary>
public sealed class PriceRoundTripTests : IDisposable
{
    private const string LiteLlm = """
        {
          "acme/large": { "litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06, "cache_read_input_token_cost": 1e-07, "cache_creation_input_token_cost": 1.25e-06,
            "cache_creation_input_token_cost_above_1hr": 2.5e-06, "cache_creation_input_token_cost_above_1hr_above_200k_tokens": 5e-06, "input_cost_per_token_above_200k_tokens": 1.1e-06,
            "input_cost_per_token_batches": 5e-07, "output_cost_per_token_batches": 1.5e-06, "input_cost_per_token_flex": 6e-07, "input_cost_per_token_priority": 3e-06, "output_cost_per_token_above_200k_tokens_priority": 9e-06,
            "input_cost_per_audio_token": 4e-05, "output_cost_per_audio_token": 8e-05, "input_cost_per_image_token": 7e-06, "input_cost_per_image": 0.01, "output_cost_per_reasoning_token": 3.5e-06,
            "search_context_cost_per_query": { "search_context_size_low": 0.008, "search_context_size_medium": 0.01 }, "regional_processing_uplift_multiplier_eu": 1.1, "provider_specific_entry": { "us": 1.2, "fast": 6.0 }, "input_cost_per_request": 0.002 },
          "acme/steps": { "litellm_provider": "acme", "tiered_pricing": [ { "range": [0, 32000], "input_cost_per_token": 5e-07, "output_cost_per_token": 1e-06 }, { "range": [32000, 64000], "input_cost_per_token": 7e-07, "output_cost_per_token": 1.3e-06 } ] },
          "acme/search": { "litellm_provider": "acme", "mode": "search", "max_output_tokens": 0, "tiered_pricing": [ { "max_results_range": [0, 25], "input_cost_per_query": 0.005 } ] },
          "acme/picture": { "litellm_provider": "acme", "mode": "image_generation", "output_cost_per_image": 0.04 }
        }
        """;

    private const string GenAi = """
        [{ "id": "acme", "models": [
          { "id": "dated", "prices": [
            { "prices": { "input_mtok": { "base": 2, "tiers": [{ "start": 200000, "price": 4 }] }, "cache_write_1h_mtok": 3, "output_mtok": 8, "web_searches_kcount": 10, "storage_searches_kcount": 2.5 } },
            { "constraint": { "start_date": "2026-08-17" }, "prices": { "input_mtok": 1, "output_mtok": 4 } },
            { "constraint": { "start_time": "01:00:00Z", "end_time": "04:00:00Z" }, "prices": { "input_mtok": 1.5, "output_mtok": 6 } },
            { "constraint": { "start_date": "2027-01-01" }, "prices": { "input_mtok": 0.5, "output_mtok": 2.25 } } ] },
          { "id": "pages", "prices": { "input_document_kpages": 4 } },
          { "id": "speech", "prices": { "audio_hours": 0.36 } } ] }]
        """;

    private static readonly DateTimeOffset Day = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("litellm", LiteLlm, 29, 4)]
    [InlineData("genai-prices", GenAi, 14, 2)]
    public void Every_figure_is_in_the_result_or_in_the_list_of_refusals(string format, string json, int listed, int refused) =>
        Assert.Equal((listed, refused), RoundTrip(format, Write(json)));

    // The whole lists: what the guide to prices says of them. They are large and belong to others.
    [VectorFileFact("MAGSAG_GENAI_LIST")]
    public void Every_figure_of_genai_prices_is_accounted_for() => Assert.Equal((4_174, 55), RoundTrip("genai-prices", Environment.GetEnvironmentVariable("MAGSAG_GENAI_LIST")!));

    [VectorFileFact("MAGSAG_LITELLM_LIST")]
    public void Every_figure_of_LiteLLM_is_accounted_for() => Assert.Equal((8_931, 801), RoundTrip("litellm", Environment.GetEnvironmentVariable("MAGSAG_LITELLM_LIST")!));

    [Theory]
    [InlineData("litellm", LiteLlm)]
    [InlineData("genai-prices", GenAi)]
    public async Task What_is_imported_as_own_prices_is_the_whole_entry(string format, string json)
    {
        using var workspace = new Workspace();
        workspace.Write("list.json", json);
        PriceCatalog expected = PriceListFormat.Import(format, workspace.PathOf("list.json"), PriceCatalog.Embedded, Day).Catalog;

        Assert.Equal(0, (await workspace.RunAsync("prices", "import", "list.json", "--day", "2026-11-23")).ExitCode);

        PriceCatalog own = OwnPrices.Over(workspace.PathOf("magsag.prices.yaml"), PriceCatalog.Embedded);
        Assert.All(expected.Models.Where(static model => model.Provider == "acme"), model => Assert.Equal(Held(model), Held(own.Find(model.Model, "acme")!)));
    }

    [Fact]
    public void Hours_below_a_dated_price_are_hours_of_that_price()
    {
        PriceCatalog catalog = PriceListFormat.Import("genai-prices", Write(GenAi), PriceCatalog.Parse("format 1\n"), Day).Catalog;
        decimal? At(string time) => catalog.Find("dated", "acme")!.RatesFor(new(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)))!.Input;

        Assert.Equal((2m, 1m, 1.5m, 0.5m), (At("2026-08-16T02:00"), At("2026-08-17T05:00"), At("2026-08-17T02:00"), At("2027-01-01T02:00")));
    }

    // Imports a list into an empty catalogue, prints that, and looks for each figure in what is read back.
    private static (int Listed, int Refused) RoundTrip(string format, string path)
    {
        ImportedModel[] models = [.. PriceListFormat.Read(format, path, Day)];
        ImportedFigure[] figures = [.. models.SelectMany(static model => model.Figures)];
        PriceImportResult result = PriceListFormat.Import(format, path, PriceCatalog.Parse("format 1\n"), Day);
        string printed = result.Catalog.Print();
        PriceCatalog back = PriceCatalog.Parse(printed);
        ILookup<(string, string), decimal> held = back.Models
            .SelectMany(static price => price.Entry.Also.Append(price.Model).SelectMany(name => Held(price).Select(figure => (Key: (price.Entry.Provider, name), figure))))
            .ToLookup(static pair => pair.Key, static pair => pair.figure);
        HashSet<(string, string, int, string)> refused = [.. result.Refused.Select(static figure => (figure.Provider, figure.Model, figure.Line, figure.Figure))];
        string[] lost =
        [
            .. from model in models
               from figure in model.Figures
               where !refused.Contains((model.Entry.Provider, model.Entry.Model, model.Line, figure.Name)) && !held[(model.Entry.Provider, model.Entry.Model)].Contains(figure.Price)
               select $"{model.Entry.Provider}/{model.Entry.Model} {figure.Name} {figure.Price}",
        ];

        Assert.Empty(lost);
        Assert.Equal(FigureCount(JsonDocument.Parse(File.ReadAllText(path)).RootElement, isPrice: false), figures.Length);
        Assert.All(result.Refused, static figure => Assert.NotEmpty(figure.Reason));
        Assert.Equal(printed, back.Print());
        return (figures.Length, result.Refused.Count);
    }

    private static IEnumerable<decimal> Held(ModelPrice model) =>
    [
        .. model.Entry.Periods.SelectMany(static period => period.Lines).SelectMany(static line => Enumerable.Range(0, RateUnits.Count).Select(unit => line.Rates[(RateUnit)unit])).OfType<decimal>(),
        .. model.Entry.Uplifts.Select(static uplift => uplift.Factor),

        // A channel that is a factor in the list is a line of prices here.
        .. model.Entry.Periods.SelectMany(static period => period.Lines.Where(static line => line.Channel == "fast").Select(line => line.Rates.Input!.Value / period.Lines[0].Rates.Input!.Value)),
    ];

    // Counted apart from the readers: each number below a member that is about money.
    private static int FigureCount(JsonElement value, bool isPrice) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Sum(member => member.Name == "sample_spec" ? 0 : FigureCount(member.Value, member.Name is not ("start" or "range") && (isPrice || member.Name.Contains("cost", StringComparison.Ordinal) || member.Name.Contains("multiplier", StringComparison.Ordinal) || member.Name is "provider_specific_entry" or "prices"))),
        JsonValueKind.Array => value.EnumerateArray().Sum(item => FigureCount(item, isPrice)),
        JsonValueKind.Number => isPrice ? 1 : 0,
        _ => 0,
    };

    private string Write(string json)
    {
        File.WriteAllText(_directory.File("prices.json"), json);
        return _directory.File("prices.json");
    }
}
