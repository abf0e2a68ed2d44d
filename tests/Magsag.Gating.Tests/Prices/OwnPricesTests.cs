using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Gating.Tests.Prices;

public sealed class OwnPricesTests : IDisposable
{
    private static readonly PriceTerms Today = new(new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.Zero));
    private static readonly Usage Million = new() { InputTokens = 1_000_000, OutputTokens = 1_000_000 };

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_contract_discount_lowers_every_token_price_of_a_listed_model()
    {
        PriceCatalog catalog = Read("""
            version: 1
            models:
              - provider: openai
                model: gpt-4o
                discount_percent: 15
            """);

        Assert.Equal(12.5m * 0.85m, catalog.Price(new BilledCall("openai/gpt-4o-2024-08-06", Million, Today)).Amount);
        Assert.Equal(0.75m, catalog.Price(new BilledCall("gpt-4o-mini", Million, Today)).Amount);
    }

    [Fact]
    public void A_private_model_has_the_prices_that_the_file_gives_it()
    {
        PriceCatalog catalog = Read("""
            version: 1
            models:
              - provider: acme
                model: acme-large
                also: [acme-large-latest]
                context_window: 128000
                max_output_tokens: 4096
                retired: 2027-01-01
                successor: acme-huge
                source: contract 4711
                uplifts: { eu: 1.1 }
                prices:
                  - input: 2
                    cached_input: 0.5
                    output: 8
                    batch: { input: 1, output: 4 }
                    tiers:
                      - { over: 200000, input: 4, output: 12 }
                  - from: 2026-12-01
                    input: 1
                    output: 4
            """);
        ModelPrice model = catalog.Find("ACME-Large-Latest")!;

        Assert.Equal(("acme", "acme-large", 128000, 4096, "acme-huge"), (model.Provider, model.Model, model.ContextWindow, model.MaxOutputTokens, model.Successor));
        Assert.Equal(16m, model.Price(new BilledCall(model.Model, Million, Today)).Amount);
        Assert.Equal(16m * 1.1m, model.Price(new BilledCall(model.Model, Million, Today with { Region = "eu" })).Amount);
        Assert.Equal(8m, model.Price(new BilledCall(model.Model, Million, Today with { Batch = true })).Amount);
        Assert.Equal(5m, model.Price(new BilledCall(model.Model, Million, new PriceTerms(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)))).Amount);
        Assert.Equal("contract-4711 2026-12-01", model.SourceAt(new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void A_deployment_name_stands_for_the_model_behind_it()
    {
        PriceCatalog catalog = Read("version: 1\ndeployments:\n  support-prod: gpt-4o-mini\n");

        Assert.Equal(0.75m, catalog.Price(new BilledCall("support-prod", Million, Today, "azure.ai.openai")).Amount);
    }

    [Theory]
    [InlineData("deployments:\n  support-prod: Acme-Large\n", "")]
    [InlineData("", "deployments:\n  support-prod: Acme-Large\n")]
    public void A_deployment_may_run_a_model_of_the_same_file_wherever_it_stands(string above, string below)
    {
        PriceCatalog catalog = Read($"version: 1\n{above}models:\n  - provider: acme\n    model: Acme-Large\n    prices: [{{ input: 2, output: 8 }}]\n{below}");

        Assert.Equal(10m, catalog.Price(new BilledCall("support-prod", Million, Today, "azure.ai.openai")).Amount);
    }

    [Fact]
    public void Own_prices_that_begin_on_a_day_leave_the_time_before_as_it_was()
    {
        PriceCatalog catalog = Read("version: 1\nmodels:\n  - provider: openai\n    model: gpt-4o\n    prices: [{ from: 2026-10-01, input: 1, output: 4 }]\n");

        Assert.Equal(5m, catalog.Price(new BilledCall("gpt-4o", Million, Today)).Amount);
        Assert.Equal(12.5m, catalog.Price(new BilledCall("gpt-4o", Million, new PriceTerms(new DateTimeOffset(2026, 9, 30, 0, 0, 0, TimeSpan.Zero)))).Amount);
    }

    [Fact]
    public void The_price_of_a_snapshot_is_not_the_price_of_the_whole_model()
    {
        PriceCatalog catalog = Read("version: 1\nmodels:\n  - provider: openai\n    model: gpt-4o-2024-11-20\n    prices: [{ input: 1, output: 4 }]\n");

        Assert.Equal(5m, catalog.Price(new BilledCall("gpt-4o-2024-11-20", Million, Today)).Amount);
        Assert.Equal(12.5m, catalog.Price(new BilledCall("gpt-4o-2024-08-06", Million, Today)).Amount);
    }

    [Fact]
    public void Demand_4_own_and_embedded_prices_go_through_one_engine()
    {
        PriceCatalog catalog = Read("""
            version: 1
            models:
              - provider: anthropic
                model: claude-sonnet-4-5
                prices: [{ input: 3, cached_input: 0.3, cache_write: 3.75, cache_write_one_hour: 6, output: 15 }]
            """);
        var usage = new Usage { InputTokens = 100_000, CachedInputTokens = 40_000, CacheWriteTokens = 20_000, CacheWriteOneHourTokens = 5_000, OutputTokens = 1_000 };

        Assert.Equal(PriceCatalog.Embedded.Price(new BilledCall("claude-sonnet-4-5", usage, Today)).Amount, catalog.Price(new BilledCall("claude-sonnet-4-5", usage, Today)).Amount);
    }

    [Theory]
    [InlineData("version: 1\nmodels:\n  - provider: openai\n    model: x\n    prices: [{ input: -1 }]\n", 5, 23, "negative")]
    [InlineData("version: 1\nmodels:\n  - provider: openai\n    model: x\n    prices: [{ input: cheap }]\n", 5, 23, "Expected a price")]
    [InlineData("version: 1\nmodels:\n  - provider: openai\n    model: x\n    prices: [{ inptu: 1 }]\n", 5, 16, "did you mean 'input'")]
    [InlineData("version: 1\nmodels:\n  - provider: openai\n    modell: x\n", 4, 5, "did you mean 'model'")]
    [InlineData("version: 1\nmodel: []\n", 2, 1, "did you mean 'models'")]
    [InlineData("version: 2\n", 1, 10, "Expected 'version: 1'")]
    [InlineData("models: []\n", 1, 1, "names no version")]
    [InlineData("version: 1\nmodels:\n  - provider: openai\n    model: x\n    currency: EUR\n    prices: [{ input: 1 }]\n", 5, 15, "currency 'EUR'")]
    [InlineData("version: 1\nmodels:\n  - provider: a\n    model: x\n    prices:\n      - { from: 2026-05-01, input: 1 }\n      - { from: 2026-04-01, input: 2 }\n", 7, 9, "date ranges overlap")]
    [InlineData("version: 1\nmodels:\n  - provider: a\n    model: x\n    prices:\n      - input: 1\n        tiers:\n          - { over: 200000, input: 2 }\n          - { over: 128000, input: 3 }\n", 9, 21, "overlaps the tier over 200000")]
    [InlineData("version: 1\nmodels:\n  - provider: openai\n    model: gpt-4o\n    prices: [{ input: 0.0000025 }]\n", 5, 23, "looks like US dollars per token")]
    [InlineData("version: 1\nmodels:\n  - provider: openai\n    model: gpt-4o\n    prices: [{ input: 60 }]\n", 5, 23, "by more than a factor of 20")]
    [InlineData("version: 1\nmodels:\n  - provider: a\n    model: x\n    discount_percent: 10\n", 5, 23, "needs a listed price")]
    [InlineData("version: 1\ndeployments:\n  prod: gpt4o-mini\n", 3, 9, "gpt-4o-mini")]
    [InlineData("version: 1\nmodels:\n  - provider: a\n    model: x y\n    prices: [{ input: 1 }]\n", 4, 12, "has a blank")]
    [InlineData("version: 1\nmodels:\n  - { provider: a, model: x, prices: [{ input: 1 }] }\n  - { provider: a, model: X, prices: [{ input: 2 }] }\n", 4, 5, "stands twice")]
    [InlineData("version: 1\nmodels:\n  - provider: a\n    model: x\n    checked: true\n    prices: [{ input: 10000000000000000000000000000 }]\n", 6, 23, "too high")]
    [InlineData("version: 1\nmodels:\n  - provider: a\n    model: x\n    prices:\n      - input: 1\n        batch:\n          input: 1\n          tiers: [{ over: 5, input: 1 }]\n", 6, 9, "that the standard prices lack")]
    [InlineData("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", 1, 4, "Anchors and aliases")]
    [InlineData("version: [1\n", 2, 1, "isn't well-formed YAML")]
    [InlineData("version: 1\nmodels:\n  - provider: openai\n    model: m\n    prices:\n      - input: 1\n        output: 1\n      - from: 2026-12-01\n", 8, 9, "lists no prices")]
    [InlineData("version: 1\nmodels:\n  - provider: openai\n    model: m\n    prices: [{}]\n", 5, 14, "lists no prices")]
    [InlineData("version: 1\nmodels:\n  - provider: openai\n    model: m\n    prices: [{ hours_utc: 00:30-16:30, graduated: true }]\n", 5, 14, "lists no prices")]
    [InlineData("version: 1\nmodels:\n  - provider: openai\n    model: \"m\\uD800\"\n    prices: [{ input: 1 }]\n", 4, 12, "isn't well-formed YAML")]
    [InlineData("", 1, 1, "an empty file")]
    public void A_mistake_is_refused_with_its_line_and_column(string yaml, int line, int column, string problem)
    {
        UnreadableInputException error = Assert.Throws<UnreadableInputException>(() => Read(yaml));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.Equal((_directory.File(OwnPrices.FileName), line, column), (error.File, error.Line, error.Column));
    }

    [Fact]
    public void A_suspicious_price_is_taken_when_the_file_says_that_it_was_checked() =>
        Assert.Equal(60m, Read("version: 1\nmodels:\n  - provider: openai\n    model: gpt-4o\n    checked: true\n    prices: [{ input: 60, output: 0 }]\n").Price(new BilledCall("gpt-4o", Million, Today)).Amount);

    [Fact]
    public void A_file_of_50_megabytes_is_refused_before_it_is_read()
    {
        string path = _directory.File("large.yaml");
        using (FileStream file = File.Create(path))
        {
            file.SetLength(50L * 1024 * 1024);
        }

        Assert.Contains("at most", Assert.Throws<UnreadableInputException>(() => OwnPrices.Over(path, PriceCatalog.Embedded)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deeply_nested_file_is_refused() =>
        Assert.Contains("deeper", Assert.Throws<UnreadableInputException>(() => Read(new string('[', 5000))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("can't be opened", Assert.Throws<UnreadableInputException>(() => OwnPrices.Over(_directory.File("none.yaml"), PriceCatalog.Embedded)).Message, StringComparison.Ordinal);

    private PriceCatalog Read(string yaml)
    {
        File.WriteAllText(_directory.File(OwnPrices.FileName), yaml);
        return OwnPrices.Over(_directory.File(OwnPrices.FileName), PriceCatalog.Embedded);
    }
}
