using System.Text.Json.Nodes;
using Magsag.Cli.Prices;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Cli.Tests.Prices;

public sealed class PriceImportTests : IDisposable
{
    private static readonly DateTimeOffset Day = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly Usage Million = new() { InputTokens = 1_000_000, OutputTokens = 1_000_000 };

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_LiteLLM_map_is_reported_as_what_it_changes()
    {
        PriceImportResult result = FromLiteLlm("""
            {
              "sample_spec": { "litellm_provider": "one of ..." },
              "gpt-4o": { "litellm_provider": "openai", "input_cost_per_token": 2e-06, "output_cost_per_token": 1e-05 },
              "gpt-4o-mini": { "litellm_provider": "openai", "input_cost_per_token": "1.5e-07", "output_cost_per_token": 7e-07 },
              "azure/acme-model": { "litellm_provider": "azure", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06 },
              "gpt-5.4-mini": { "litellm_provider": "openai", "input_cost_per_token": 7.5e-07, "output_cost_per_token": 4.5e-06, "deprecation_date": "2027-06-01" },
              "gpt-5.5": { "litellm_provider": "openai", "input_cost_per_token": 5e-06, "output_cost_per_token": 3e-05 }
            }
            """);

        Assert.Equal(
            [(PriceChangeKind.Added, "acme-model", 5), (PriceChangeKind.Cheaper, "gpt-4o", 3), (PriceChangeKind.Dearer, "gpt-4o-mini", 4), (PriceChangeKind.Retired, "gpt-5.4-mini", 6)],
            result.Changes.Select(change => (change.Kind, change.Model, change.Line)));
        Assert.Equal(12m, result.Catalog.Price(new BilledCall("gpt-4o", Million, new PriceTerms(Day))).Amount);
        Assert.Equal(3m, result.Catalog.Price(new BilledCall("acme-model", Million, new PriceTerms(Day), "azure.ai.openai")).Amount);
        Assert.Equal(new DateTimeOffset(2027, 6, 1, 0, 0, 0, TimeSpan.Zero), result.Catalog.Find("gpt-5.4-mini")!.RetiredOn);
    }

    [Fact]
    public void An_import_never_changes_what_past_calls_cost()
    {
        PriceImportResult result = FromLiteLlm("""{ "gpt-4o": { "litellm_provider": "openai", "input_cost_per_token": 2e-06, "output_cost_per_token": 1e-05 } }""");

        Assert.Equal(12.5m, result.Catalog.Price(new BilledCall("gpt-4o", Million, new PriceTerms(Day.AddDays(-1)))).Amount);
    }

    [Theory]
    [InlineData("2.5", "above anything")]
    [InlineData("2.5e-12", "looks like US dollars per token")]
    [InlineData("1e-04", "by more than a factor of 20")]
    [InlineData("-1e-06", "0 or more")]
    [InlineData("\"cheap\"", "0 or more")]
    public void A_price_in_the_wrong_unit_is_refused_and_the_old_one_stays(string price, string problem)
    {
        PriceImportResult result = FromLiteLlm($$"""{ "gpt-4o": { "litellm_provider": "openai", "input_cost_per_token": {{price}}, "output_cost_per_token": 1e-05 } }""");

        PriceChange change = Assert.Single(result.Changes);
        Assert.Equal(PriceChangeKind.Refused, change.Kind);
        Assert.Contains(problem, change.Detail, StringComparison.Ordinal);
        Assert.Equal(12.5m, result.Catalog.Price(new BilledCall("gpt-4o", Million, new PriceTerms(Day))).Amount);
    }

    [Fact]
    public void A_changed_price_is_reported_whatever_it_is_for()
    {
        PriceImportResult result = FromLiteLlm("""
            {
              "gpt-4o": { "litellm_provider": "openai", "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05, "cache_read_input_token_cost": 1e-06 },
              "gpt-5.4": { "litellm_provider": "openai", "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1.5e-05, "cache_read_input_token_cost": 2.5e-07, "cache_read_input_token_cost_above_272k_tokens": 5e-07, "input_cost_per_token_above_272k_tokens": 6e-06, "output_cost_per_token_above_272k_tokens": 2.25e-05 }
            }
            """);

        Assert.Equal([(PriceChangeKind.Cheaper, "gpt-4o"), (PriceChangeKind.Dearer, "gpt-5.4")], result.Changes.Select(change => (change.Kind, change.Model)));
        Assert.Equal("standard cached 1.25 to 1", result.Changes[0].Detail);
        Assert.Equal("standard over 272000 in 5 to 6", result.Changes[1].Detail);
        Assert.Equal(1m, result.Catalog.Price(new BilledCall("gpt-4o", new Usage { InputTokens = 1_000_000, CachedInputTokens = 1_000_000 }, new PriceTerms(Day))).Amount);
    }

    [Fact]
    public void A_tier_in_the_wrong_unit_is_refused_too() =>
        Assert.Equal(
            PriceChangeKind.Refused,
            Assert.Single(FromLiteLlm("""{ "gpt-5.4": { "litellm_provider": "openai", "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1.5e-05, "input_cost_per_token_above_272k_tokens": 6 } }""").Changes).Kind);

    [Fact]
    public void A_tier_that_only_a_channel_has_is_kept()
    {
        PriceCatalog catalog = FromLiteLlm("""{ "acme/m": { "litellm_provider": "acme", "input_cost_per_token": 1e-06, "input_cost_per_token_flex": 5e-07, "input_cost_per_token_above_200k_tokens_flex": 8e-07 } }""").Catalog;
        var usage = new Usage { InputTokens = 1_000_000 };

        Assert.Equal((1m, 0.8m), (catalog.Price(new BilledCall("acme/m", usage, new PriceTerms(Day))).Amount, catalog.Price(new BilledCall("acme/m", usage, new PriceTerms(Day, "flex"))).Amount));
        Assert.Equal(catalog.Print(), PriceCatalog.Parse(catalog.Print()).Print());
    }

    [Fact]
    public void LiteLLMs_tiers_channels_and_graduated_prices_are_read()
    {
        PriceCatalog catalog = FromLiteLlm("""
            {
              "acme/long": { "litellm_provider": "acme", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06,
                "input_cost_per_token_above_200k_tokens": 2e-06, "output_cost_per_token_above_200k_tokens": 3e-06,
                "input_cost_per_token_batches": 5e-07, "output_cost_per_token_batches": 1e-06, "input_cost_per_token_flex": 7e-07, "output_cost_per_token_flex": 1.4e-06 },
              "acme/steps": { "litellm_provider": "acme", "tiered_pricing": [
                { "range": [256000, 1000000], "input_cost_per_token": 2e-06, "output_cost_per_token": 4e-06 },
                { "range": [0, 32000], "input_cost_per_token": 5e-07, "output_cost_per_token": 1e-06 },
                { "range": [32000, 256000], "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06 } ] }
            }
            """).Catalog;
        var terms = new PriceTerms(Day);

        Assert.Equal(0.2m, catalog.Price(new BilledCall("long", new Usage { InputTokens = 200_000 }, terms, "acme")).Amount);
        Assert.Equal(0.400002m, catalog.Price(new BilledCall("long", new Usage { InputTokens = 200_001 }, terms, "acme")).Amount);
        Assert.Equal(0.1m, catalog.Price(new BilledCall("long", new Usage { InputTokens = 200_000 }, terms with { Batch = true }, "acme")).Amount);
        Assert.Equal(0.14m, catalog.Price(new BilledCall("long", new Usage { InputTokens = 200_000 }, terms with { ServiceTier = "flex" }, "acme")).Amount);
        Assert.Equal(0.016m + 0.224m + 0.088m, catalog.Price(new BilledCall("steps", new Usage { InputTokens = 300_000 }, terms, "acme")).Amount);
    }

    [Fact]
    public void A_genai_prices_list_is_reported_as_what_it_changes()
    {
        PriceImportResult result = FromGenAiPrices("""
            [{ "id": "openai", "models": [
              { "id": "gpt-4o", "prices": { "input_mtok": 2, "output_mtok": 10 } },
              { "id": "gpt-4o-mini", "prices": { "input_mtok": 0.15, "output_mtok": 0.6 } },
              { "id": "gpt-9", "context_window": 1000, "prices": [
                { "prices": { "input_mtok": { "base": 2, "tiers": [{ "start": 200000, "price": 4 }] }, "output_mtok": 8 } },
                { "constraint": { "start_date": "2026-12-01" }, "prices": { "input_mtok": 1, "output_mtok": 4 } } ] },
              { "id": "gpt-odd", "prices": [{ "constraint": { "moon": "full" }, "prices": { "input_mtok": 1 } }] } ] }]
            """);

        Assert.Equal(
            [(PriceChangeKind.Cheaper, "gpt-4o", 2), (PriceChangeKind.Added, "gpt-9", 4), (PriceChangeKind.Refused, "gpt-odd", 7)],
            result.Changes.Select(change => (change.Kind, change.Model, change.Line)));
        Assert.Equal(12m, result.Catalog.Price(new BilledCall("gpt-9", Million, new PriceTerms(Day))).Amount);
        Assert.Equal(5m, result.Catalog.Price(new BilledCall("gpt-9", Million, new PriceTerms(Day.AddMonths(1)))).Amount);
    }

    [Theory]
    [InlineData("[1]", 1, "Expected an object")]
    [InlineData("{\n  \"gpt-4o\": {\"litellm_provider\":\"openai\",\"input_cost_per_token\":1e-06},\n  \"text-\\ud800small\": {}\n}", 3, "UTF-8")]
    [InlineData("{\n  \"gpt-4o\": {\"litellm_provider\":\"open\\udfffai\"}\n}", 2, "UTF-8")]
    [InlineData("{\n  \"a\": \n}", 3, "isn't well-formed JSON")]
    public void A_file_that_is_no_price_map_is_refused_with_its_line(string json, int line, string problem)
    {
        UnreadableInputException error = Assert.Throws<UnreadableInputException>(() => FromLiteLlm(json));

        Assert.Equal(line, error.Line);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "litellm_provider": "openai", "input_cost_per_token": 1e-06, "input_cost_per_token": 2e-06 }""", "Malformed: the member 'input_cost_per_token' stands twice.")]
    [InlineData("""{ "litellm_provider": "openai", "input_cost_per_token": "a lot" }""", "Malformed: 'input_cost_per_token' is \"a lot\"; expected US dollars per token, 0 or more.")]
    [InlineData("""{ "litellm_provider": "openai", "input_cost_per_token": 1e-06, "output_cost_per_token": { "usd": 1 } }""", "Malformed: 'output_cost_per_token' is { \"usd\": 1 }; expected US dollars per token, 0 or more.")]
    [InlineData("""{ "litellm_provider": "openai", "input_cost_per_token": 1e+20 }""", "Malformed: 'input_cost_per_token' is 1e+20; expected US dollars per token, 0 or more.")]
    [InlineData("""{ "litellm_provider": 7, "input_cost_per_token": 1e-06 }""", "Malformed: 'litellm_provider' is 7; expected the provider's name.")]
    [InlineData("""{ "input_cost_per_token": 1e-06 }""", "Malformed: 'litellm_provider' is missing; expected the provider's name.")]
    [InlineData("""{ "litellm_provider": "openai", "tiered_pricing": "cheap" }""", "Malformed: 'tiered_pricing' is \"cheap\"; expected a list of tiers.")]
    [InlineData("""{ "litellm_provider": "openai", "tiered_pricing": [7] }""", "Malformed: a tier of 'tiered_pricing' is 7; expected a 'range' of tokens, from and to, and prices.")]
    [InlineData("""{ "litellm_provider": "openai", "tiered_pricing": [] }""", "The list has no price for tokens.")]
    [InlineData("""[1e-06]""", "Malformed: expected an object with the model's prices, found [1e-06].")]
    public void A_malformed_entry_is_refused_with_its_key_and_the_others_are_read(string entry, string problem)
    {
        PriceImportResult result = FromLiteLlm($$"""{ "gpt-4o": {{entry}}, "acme-model": { "litellm_provider": "acme", "input_cost_per_token": 1e-06 } }""");

        Assert.Equal([(PriceChangeKind.Added, "acme-model", null), (PriceChangeKind.Refused, "gpt-4o", problem)], result.Changes.Select(change => (change.Kind, change.Model, change.Detail)).OrderBy(change => change.Kind));
    }

    [Fact]
    public void A_model_that_is_billed_otherwise_than_by_tokens_is_passed_over() =>
        Assert.Empty(FromLiteLlm("""{ "dall-e-9": { "litellm_provider": "openai", "input_cost_per_image": 0.02 } }""").Changes);

    [Fact]
    public void Whatever_stands_in_the_place_of_a_value_a_list_is_read_or_refused()
    {
        string[] odd = ["null", "true", "-1", "0", "1e400", "1e27", "\"\"", "\"x y\"", "[]", "[[0]]", "{}", "{\"base\":1}", "{\"base\":1,\"tiers\":[{\"start\":-5,\"price\":2}]}", "[{\"range\":[1e300],\"input_cost_per_token\":1}]", "9223372036854775808"];
        (string List, Func<string, PriceImportResult> Import)[] lists =
        [
            ("""{ "openai/gpt-4o": { "litellm_provider": "openai", "mode": "chat", "max_input_tokens": 128000, "input_cost_per_token": 2e-06, "output_cost_per_token_flex": 1e-05, "deprecation_date": "2027-06-01", "search_context_cost_per_query": { "search_context_size_medium": 0.01 }, "tiered_pricing": [{ "range": [0, 32000], "input_cost_per_token": 5e-07 }] } }""", FromLiteLlm),
            ("""[{ "id": "openai", "models": [{ "id": "gpt-4o", "context_window": 1000, "prices": [{ "constraint": { "start_date": "2026-12-01" }, "prices": { "input_mtok": { "base": 2, "tiers": [{ "start": 200000, "price": 4 }] }, "output_mtok": 8 } }] }] }]""", FromGenAiPrices),
        ];
        foreach ((string list, Func<string, PriceImportResult> import) in lists)
        {
            foreach (string changed in odd.SelectMany(value => WithEachValueReplaced(list, value)))
            {
                try
                {
                    Assert.NotEmpty(import(changed).Catalog.Print());
                }
                catch (UnreadableInputException error)
                {
                    Assert.NotEqual(0, error.Line);
                }
            }
        }
    }

    [Fact]
    public void A_list_of_50_megabytes_is_refused_before_it_is_read()
    {
        string path = _directory.File("large.json");
        using (FileStream file = File.Create(path))
        {
            file.SetLength(50L * 1024 * 1024);
        }

        Assert.Contains("at most", Assert.Throws<UnreadableInputException>(() => PriceImport.FromLiteLlm(path, PriceCatalog.Embedded, Day)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<string> WithEachValueReplaced(string json, string value)
    {
        JsonNode Parse() => JsonNode.Parse(json)!;
        string[] paths = [.. Below(Parse()).Select(static node => node.GetPath())];
        foreach (string path in paths)
        {
            JsonNode root = Parse();
            JsonNode place = Below(root).First(node => node.GetPath() == path);
            place.ReplaceWith("odd");
            yield return root.ToJsonString().Replace("\"odd\"", value, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<JsonNode> Below(JsonNode node) => node switch
    {
        JsonObject members => members.Select(static member => member.Value!).SelectMany(static child => Below(child).Prepend(child)),
        JsonArray items => items.SelectMany(static child => Below(child!).Prepend(child!)),
        _ => [],
    };

    private PriceImportResult FromLiteLlm(string json) => PriceImport.FromLiteLlm(Write(json), PriceCatalog.Embedded, Day);

    private PriceImportResult FromGenAiPrices(string json) => PriceImport.FromGenAiPrices(Write(json), PriceCatalog.Embedded, Day);

    private string Write(string json)
    {
        File.WriteAllText(_directory.File("prices.json"), json);
        return _directory.File("prices.json");
    }
}
