using System.Text.Json;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;

namespace Magsag.Cli.Tests.Prices;

public sealed class PricesTests
{
    private const string LiteLlm = """
        {
          "gpt-4o": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 2e-06, "output_cost_per_token": 8e-06 },
          "gpt-99-new": { "litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 4e-06 }
        }
        """;

    [Fact]
    public async Task A_model_is_listed_with_its_prices()
    {
        using var workspace = new Workspace();

        string csv = (await workspace.RunAsync("prices", "list", "gpt-4o-mini", "--provider", "openai", "--csv")).Succeeded();

        Assert.Contains("openai,gpt-4o-mini,chat,0.15,0.075,0.6,128000\r\n", csv);
    }

    [Fact]
    public async Task A_model_is_shown_with_its_channels_and_source()
    {
        using var workspace = new Workspace();

        JsonElement model = JsonDocument.Parse((await workspace.RunAsync("prices", "show", "gpt-4o-mini", "--json")).Succeeded()).RootElement;

        Assert.Equal("gpt-4o-mini", model.GetProperty("model").GetString());
        Assert.Equal(0.075m, model.GetProperty("prices").EnumerateArray().Single(static row => row.GetProperty("channel").GetString() == "batch").GetProperty("input_usd_per_mtok").GetDecimal());
    }

    [Fact]
    public async Task An_unknown_model_names_the_nearest()
    {
        using var workspace = new Workspace();

        Assert.StartsWith("magsag: The price catalogue has no model 'gpt-4o-mimi'. Did you mean gpt-4o-mini", (await workspace.RunAsync("prices", "show", "gpt-4o-mimi")).Refused(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_list_says_differently_is_shown()
    {
        using var workspace = new Workspace();
        workspace.Write("list.json", LiteLlm);

        JsonElement changes = JsonDocument.Parse((await workspace.RunAsync("prices", "diff", "list.json", "--json")).Succeeded()).RootElement.GetProperty("changes");

        Assert.Equal([("cheaper", "gpt-4o"), ("added", "gpt-99-new")], changes.EnumerateArray().Select(static change => (change.GetProperty("kind").GetString(), change.GetProperty("model").GetString())));
    }

    [Fact]
    public async Task What_is_imported_is_a_file_of_own_prices_that_holds_from_its_day_on()
    {
        using var workspace = new Workspace();
        workspace.Write("list.json", LiteLlm);

        ToolResult result = await workspace.RunAsync("prices", "import", "list.json", "--day", "2026-11-01");

        Assert.Equal((0, "Magsag: 2 models with changed prices, in magsag.prices.yaml\n"), (result.ExitCode, result.Error));
        PriceCatalog own = OwnPrices.Over(workspace.PathOf("magsag.prices.yaml"), PriceCatalog.Embedded);
        Assert.Equal(2.5m, own.Find("gpt-4o")!.RatesFor(new PriceTerms(new DateTimeOffset(2026, 10, 31, 0, 0, 0, TimeSpan.Zero)))!.Input);
        Assert.Equal(2m, own.Find("gpt-4o")!.RatesFor(new PriceTerms(Workspace.Now))!.Input);
        Assert.Equal(4m, own.Find("gpt-99-new")!.RatesFor(new PriceTerms(Workspace.Now))!.Output);
    }

    [Fact]
    public async Task A_file_of_own_prices_is_never_overwritten()
    {
        using var workspace = new Workspace();
        workspace.Write("list.json", LiteLlm);
        workspace.Write("magsag.prices.yaml", "version: 1\n");

        (await workspace.RunAsync("prices", "import", "list.json")).Refused(2);

        Assert.Equal("version: 1\n", workspace.Read("magsag.prices.yaml"));
    }

    [Theory]
    [InlineData("", "list.json(1,1): The file isn't well-formed JSON: ")]
    [InlineData("{\"gpt-4o\":", "The file isn't well-formed JSON: ")]
    [InlineData("[1, 2]", "list.json(1): A provider lacks its 'id'.")]
    public async Task A_malformed_list_is_named_and_nothing_is_written(string content, string says)
    {
        using var workspace = new Workspace();
        workspace.Write("list.json", content);

        Assert.Contains(says, (await workspace.RunAsync("prices", "import", "list.json")).Refused(3));

        Assert.False(File.Exists(workspace.PathOf("magsag.prices.yaml")));
    }

    [Fact]
    public async Task A_list_that_changes_nothing_writes_nothing()
    {
        using var workspace = new Workspace();
        workspace.Write("list.json", """{ "gpt-4o": { "litellm_provider": "openai", "input_cost_per_token": 2.5e-06, "output_cost_per_token": 1e-05 } }""");

        ToolResult result = await workspace.RunAsync("prices", "import", "list.json");

        Assert.Equal((0, "Magsag: list.json has no price that the catalogue doesn't have; nothing was written.\n"), (result.ExitCode, result.Error));
        Assert.False(File.Exists(workspace.PathOf("magsag.prices.yaml")));
    }

    [Fact]
    public async Task A_price_is_never_rounded_and_longer_contexts_have_their_own()
    {
        using var workspace = new Workspace();

        Assert.Contains("$2.125", (await workspace.RunAsync("prices", "show", "gpt-4o", "--text")).Succeeded());
        Assert.Contains("standard,200000,6,", (await workspace.RunAsync("prices", "show", "claude-sonnet-4-5", "--provider", "anthropic", "--csv")).Succeeded());
    }

    [Fact]
    public async Task Cheaper_models_are_named_with_what_they_save()
    {
        using var workspace = new Workspace();

        JsonElement first = JsonDocument.Parse((await workspace.RunAsync("model", "suggest", "gpt-4o", "--json")).Succeeded()).RootElement.GetProperty("suggestions")[0];

        Assert.Equal(("gpt-4o-mini", 0.94m), (first.GetProperty("model").GetString(), first.GetProperty("saved").GetDecimal()));
    }

    [Fact]
    public async Task Entries_that_are_malformed_are_named_with_their_line_and_the_others_taken_over()
    {
        using var workspace = new Workspace();
        workspace.Write("list.json", """
            {
              "gpt-99-new": { "litellm_provider": "openai", "input_cost_per_token": 1e-06, "output_cost_per_token": 4e-06 },
              "gpt-4o": { "litellm_provider": "openai", "input_cost_per_token": "a lot", "output_cost_per_token": 1e-05 }
            }
            """);

        string diff = (await workspace.RunAsync("prices", "diff", "list.json", "--csv")).Succeeded();
        string refused = (await workspace.RunAsync("prices", "import", "list.json", "gpt-4o")).Refused(2);
        ToolResult all = await workspace.RunAsync("prices", "import", "list.json");

        Assert.Contains("Malformed: 'input_cost_per_token' is \"\"a lot\"\"; expected US dollars per token, 0 or more. (line 3)", diff);
        Assert.Equal("magsag: The list's gpt-4o (line 3) is refused. Malformed: 'input_cost_per_token' is \"a lot\"; expected US dollars per token, 0 or more.", refused);
        Assert.Equal((0, "magsag: 1 entry was refused; `magsag prices diff` says why.\nMagsag: 1 model with changed prices, in magsag.prices.yaml\n"), (all.ExitCode, all.Error));
    }
}
