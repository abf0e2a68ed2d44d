using System.Text;
using System.Text.Json;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;
using Magsag.Pricing.Tokens;
using Xunit.Abstractions;

namespace Magsag.Gating.Tests.Fuzzing;

/// <summary>Whatever a file holds, its reader reads it or says where it is wrong; and what was read can be judged, printed, written and read again.</summary>
public sealed class ReaderFuzzTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryDirectory _directory = TemporaryDirectory.InMemory();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Baselines() => Run(nameof(Baselines), [FuzzSeeds.Baseline], content =>
    {
        CostBaseline baseline = BaselineFile.Read(Written(content));
        Use(Judged(Recorded(), baseline, null));
        BaselineFile.Write(_directory.File("again"), baseline);
        Assert.Equal(baseline.Entries.Select(static entry => (entry.Key, entry.Totals)), BaselineFile.Read(_directory.File("again")).Entries.Select(static entry => (entry.Key, entry.Totals)));
    });

    [Fact]
    public void Summaries() => Run(nameof(Summaries), [FuzzSeeds.Summary], content =>
    {
        CostSummary summary = SummaryFile.Read(Written(content));
        Use(Judged(summary, null, SamplePolicy()));
        SummaryFile.Write(_directory.File("again"), summary);
        Assert.Equal(summary.Totals, SummaryFile.Read(_directory.File("again")).Totals);
    });

    [Fact]
    public void Policies() => Run(nameof(Policies), [FuzzSeeds.Policy, FuzzSeeds.MinimalPolicy], content =>
    {
        CostPolicy policy = PolicyFile.Read(Written(content));
        Use(Judged(Recorded(), null, policy));
        Assert.NotNull(PolicyAnalyzerConfig.TextOf(policy));
    });

    [Fact]
    public void OwnPricesFiles() => Run(nameof(OwnPricesFiles), [FuzzSeeds.Prices], content => Use(OwnPrices.Over(Written(content), PriceCatalog.Embedded)));

    [Fact]
    public void Catalogues() => Run(nameof(Catalogues), [FuzzSeeds.Catalogue], static content => Use(PriceCatalog.Parse(Encoding.UTF8.GetString(content))));

    [Fact]
    public void Ledgers() => Run(nameof(Ledgers), [FuzzSeeds.LedgerLines], content =>
    {
        var builder = new SummaryBuilder();
        using (var ledger = new LedgerReader(Written(content)))
        {
            builder.Add(ledger);
        }

        Use(Judged(builder.ToSummary(), null, SamplePolicy()));
        SummaryFile.Write(_directory.File("again"), builder.ToSummary());
        SummaryFile.Read(_directory.File("again"));
    });

    private static DateTimeOffset Day { get; } = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private void Run(string reader, IReadOnlyList<string> seeds, Action<byte[]> read) =>
        FuzzRounds.Run(reader, seeds, read, static error => error is UnreadableInputException or PriceFormatException, output.WriteLine);

    private string Written(byte[] content)
    {
        File.WriteAllBytes(_directory.File("input"), content);
        return _directory.File("input");
    }

    private CostPolicy SamplePolicy()
    {
        File.WriteAllText(_directory.File("policy"), FuzzSeeds.MinimalPolicy);
        return PolicyFile.Read(_directory.File("policy"));
    }

    private static Verdict Judged(CostSummary summary, CostBaseline? baseline, CostPolicy? policy) => CostGate.Judge(summary, baseline, new GateSettings(), policy);

    private static void Use(Verdict verdict)
    {
        Assert.NotEqual("", VerdictFile.ToMarkdown(verdict));
        using var json = JsonDocument.Parse(VerdictFile.ToBytes(verdict));
    }

    private static void Use(PriceCatalog catalog)
    {
        foreach (string model in (string[])["gpt-4o", "gpt-9", "qwen", "claude-2", "large"])
        {
            _ = catalog.Price(new BilledCall(model, new Usage { InputTokens = 1_000_000, OutputTokens = 1000, CachedInputTokens = 10 }, new PriceTerms(Day))).Amount;
        }
    }

    private static CostSummary Recorded()
    {
        var builder = new SummaryBuilder();
        builder.Add(new LedgerRecord { Timestamp = Day, RunId = "r", Agent = "triage", Model = "gpt-4o-mini", Provider = "openai", InputTokens = 1000, OutputTokens = 10, UsageSource = UsageSource.Reported, CostUsd = 0.01m, Test = "A.One", Site = "T/Tests.cs:12", Member = "A.One" });
        return builder.ToSummary();
    }
}
