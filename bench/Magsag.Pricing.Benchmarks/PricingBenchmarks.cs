using BenchmarkDotNet.Attributes;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Pricing.Benchmarks;

/// <summary>Pricing one call: under 100 ns and without allocation after the first lookup.</summary>
[MemoryDiagnoser]
public class PricingBenchmarks
{
    private static readonly PriceTerms Terms = new(new DateTimeOffset(2026, 8, 21, 12, 0, 0, TimeSpan.Zero));
    private static readonly Usage Plain = new() { InputTokens = 1200, OutputTokens = 300 };
    private static readonly Usage Cached = new() { InputTokens = 20_702, CachedInputTokens = 13_637, CacheWriteTokens = 7_049, OutputTokens = 344, ReasoningTokens = 33 };
    private static readonly ModelPrice Model = PriceCatalog.Embedded.Find("gpt-4o-mini")!;

    /// <summary>What any code has to do at the least: two decimal products and their sum.</summary>
    [Benchmark(Baseline = true)]
    public decimal BareArithmetic() => ((Plain.InputTokens * 0.15m) + (Plain.OutputTokens * 0.6m)) * 0.000001m;

    [Benchmark]
    public decimal? KnownModel() => Model.Price(new BilledCall(Model.Model, Plain, Terms)).Amount;

    [Benchmark]
    public decimal? ById() => PriceCatalog.Embedded.Price(new BilledCall("gpt-4o-mini", Plain, Terms)).Amount;

    [Benchmark]
    public decimal? ByIdAndProvider() => PriceCatalog.Embedded.Price(new BilledCall("openai/gpt-4o-mini-2024-07-18", Plain, Terms, "openai")).Amount;

    [Benchmark]
    public decimal? WithCacheTierAndDates() => PriceCatalog.Embedded.Price(new BilledCall("claude-sonnet-5", Cached, Terms, "anthropic")).Amount;

    [Benchmark]
    public decimal? BatchInARegion() => PriceCatalog.Embedded.Price(new BilledCall("gpt-5.4", Plain, Terms with { Batch = true, Region = "eu" })).Amount;
}
