using Magsag.Cli.Prices;
using Magsag.Gating.Tests.Fuzzing;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;
using Magsag.Pricing.Tokens;
using Xunit.Abstractions;

namespace Magsag.Cli.Tests.Prices;

/// <summary>Whatever a price list holds, it is read, or the error says where it is wrong.</summary>
public sealed class PriceListFuzzTests(ITestOutputHelper output) : IDisposable
{
    private const string LiteLlm = """
        {"sample_spec":{"x":1},
        "gpt-4o":{"litellm_provider":"openai","mode":"chat","max_input_tokens":128000,"max_output_tokens":16384,"input_cost_per_token":2.6e-06,"output_cost_per_token":1e-05,"cache_read_input_token_cost":1.25e-06,"input_cost_per_token_batches":1.25e-06,"deprecation_date":"2026-12-31"},
        "azure/gpt-9":{"litellm_provider":"azure","mode":"chat","input_cost_per_token":8e-07,"output_cost_per_token":4e-06,"input_cost_per_token_above_200k_tokens":1.6e-06,"search_context_cost_per_query":{"search_context_size_medium":0.01}},
        "qwen":{"litellm_provider":"dashscope","tiered_pricing":[{"range":[0,1000],"input_cost_per_token":1e-07,"output_cost_per_token":"4e-07"},{"range":[1000,2e3],"input_cost_per_token":2e-07}]}}
        """;

    private const string GenAi = """
        [{"id":"openai","models":[
        {"id":"gpt-4o","context_window":128000,"prices":{"input_mtok":2.4,"cache_read_mtok":1.25,"output_mtok":10}},
        {"id":"gpt-9","prices":[{"prices":{"input_mtok":{"base":2,"tiers":[{"start":200000,"price":4}]},"output_mtok":8}},{"constraint":{"start_date":"2026-12-01"},"prices":{"input_mtok":1,"output_mtok":4}},{"constraint":{"start_time":"00:30:00Z","end_time":"16:30:00Z"},"prices":{"input_mtok":1}}]}]},
        {"id":"google","models":[{"id":"gemini-9","prices":{"input_mtok":1,"output_mtok":2,"input_audio_mtok":3,"requests_kcount":35}}]}]
        """;

    private static readonly DateTimeOffset Day = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = TemporaryDirectory.InMemory();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void LiteLlmLists() => Run(nameof(LiteLlmLists), [LiteLlm], content => Use(PriceImport.FromLiteLlm(Written(content), PriceCatalog.Embedded, Day).Catalog));

    [Fact]
    public void GenAiLists() => Run(nameof(GenAiLists), [GenAi], content => Use(PriceImport.FromGenAiPrices(Written(content), PriceCatalog.Embedded, Day).Catalog));

    private void Run(string reader, IReadOnlyList<string> seeds, Action<byte[]> read) =>
        FuzzRounds.Run(reader, seeds, read, static error => error is UnreadableInputException or PriceFormatException, output.WriteLine);

    private string Written(byte[] content)
    {
        File.WriteAllBytes(_directory.File("input"), content);
        return _directory.File("input");
    }

    private static void Use(PriceCatalog catalog)
    {
        foreach (string model in (string[])["gpt-4o", "gpt-9", "qwen", "large"])
        {
            _ = catalog.Price(new BilledCall(model, new Usage { InputTokens = 1_000_000, OutputTokens = 1000, CachedInputTokens = 10 }, new PriceTerms(Day)));
        }
    }
}
