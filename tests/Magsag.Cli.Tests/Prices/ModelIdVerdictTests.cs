using System.Globalization;
using System.Text.RegularExpressions;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;

namespace Magsag.Cli.Tests.Prices;

/// <summary>Model ids as they really arrive, and what each was judged to be: the table of docs/guides/price-checks.md.</summary>
public sealed partial class ModelIdVerdictTests
{
    private const string NoName = "no name is near";
    private const string NotIt = "Not it:";

    private static readonly PriceCatalog Catalog = PriceCatalog.Embedded;
    private static readonly PriceTerms Terms = new(new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));

    private static readonly (string Id, string Model, string Verdict)[] Rows = [.. PriceChecksPage.Rows("Model ids as they really arrive").Select(static row => (row[0], row[1], row[2]))];

    [Fact]
    public void Every_id_is_read_as_it_was_judged() =>
        Assert.Equal(Rows.Select(static row => $"{row.Id}: {row.Model}"), Rows.Select(static row => $"{row.Id}: {Catalog.Find(row.Id)?.ToString() ?? "unknown"}"));

    [Fact]
    public void Every_id_costs_what_it_was_judged_to_cost()
    {
        (string Id, string Model, string Verdict)[] priced = [.. Rows.Where(static row => Price().IsMatch(row.Verdict))];

        Assert.True(priced.Length >= 110);
        Assert.Equal(
            priced.Select(static row => $"{row.Id}: {Price().Match(row.Verdict).Value}"),
            priced.Select(static row => $"{row.Id}: {(Catalog.Find(row.Id)?.RatesFor(Terms) is { } rates ? string.Create(CultureInfo.InvariantCulture, $"{rates.Input:0.######}/{rates.Output ?? 0m:0.######}") : "unknown")}"));
    }

    [Fact]
    public void Nine_of_ten_unknown_ids_name_the_right_model_first()
    {
        (string Id, string Name, bool IsRight)[] named =
        [
            .. Rows.Where(static row => row.Model == "unknown" && row.Verdict != NoName && Name().IsMatch(row.Verdict))
                .Select(static row => (row.Id, Name().Match(row.Verdict).Groups[1].Value, !row.Verdict.Contains(NotIt, StringComparison.Ordinal))),
        ];

        Assert.Equal((38, 37), (named.Length, named.Count(static row => row.IsRight)));
        Assert.All(named, static row => Assert.Equal((row.Id, row.Name), (row.Id, Catalog.Nearest(row.Id).FirstOrDefault())));
        Assert.All(Rows.Where(static row => row.Verdict == NoName), static row => Assert.Empty(Catalog.Nearest(row.Id)));
    }

    // Kinds of ids that the table has few of: tags and quantisations of local servers, deployments, suffixes of routers.
    [Theory]
    [InlineData("gpt4o", "gpt-4o")]
    [InlineData("gpt_4o", "gpt-4o")]
    [InlineData("prod-gpt4omini-eastus2", "gpt-4o-mini")]
    [InlineData("gpt-5-mini-2025-08-07-data-zone", "gpt-5-mini")]
    [InlineData("openrouter/anthropic/claude-sonnet-4.5:beta", "claude-sonnet-4-5")]
    [InlineData("google/gemini-2.5-pro:online", "gemini-2.5-pro")]
    [InlineData("llama3.3:70b-instruct-q4_K_M", "llama-3.3-70b-instruct")]
    [InlineData("qwen2.5-coder:32b-instruct-q8_0", "qwen/qwen-2.5-coder-32b-instruct")]
    [InlineData("phi4:latest", "phi-4")]
    [InlineData("hf.co/bartowski/Llama-3.2-3B-Instruct-GGUF:Q4_K_M", "meta-llama/llama-3.2-3b-instruct")]
    [InlineData("TheBloke/Mistral-7B-Instruct-v0.2-GPTQ", "mistral-7b-instruct-v0.2")]
    [InlineData("accounts/acme/models/llama-v3p3-70b-instruct", "accounts/fireworks/models/llama-v3p3-70b-instruct")]
    [InlineData("claude-opus-4-1-20250805-thinking-32k", "claude-opus-4-1")]
    [InlineData("databricks-claude-sonnet-4", "claude-sonnet-4")]
    [InlineData("nova-pro", "amazon/nova-pro-v1")]
    public void An_id_that_holds_a_model_names_it_first(string id, string model) => Assert.Equal((null, model), (Catalog.Find(id)?.ToString(), Catalog.Nearest(id)[0]));

    [GeneratedRegex("^[0-9.]+/[0-9.]*[0-9]")]
    private static partial Regex Price();

    // A name, perhaps with a remark behind it; a verdict without a name is a sentence.
    [GeneratedRegex(@"^(\S+)(?:\. |$)")]
    private static partial Regex Name();
}
