using BenchmarkDotNet.Attributes;
using Magsag.Pricing.Catalogue;

namespace Magsag.Pricing.Benchmarks;

/// <summary>Loading the catalogue: under 5 ms.</summary>
[MemoryDiagnoser]
public class LoadBenchmarks
{
    /// <summary>What every process does once: scan the text, parse only the model that is asked for.</summary>
    [Benchmark(Baseline = true)]
    public ModelPrice? LoadAndFindOne() => PriceCatalog.ReadEmbedded().Find("gpt-4o");

    /// <summary>What tests do: parse every model.</summary>
    [Benchmark]
    public int LoadAndParseAll() => PriceCatalog.ReadEmbedded().Models.Count();
}
