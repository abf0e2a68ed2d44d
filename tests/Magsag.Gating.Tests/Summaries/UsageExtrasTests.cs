using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Gating.Tests.Summaries;

/// <summary>Calls that are billed for more than text cost in the gate what was recorded of them.</summary>
public sealed class UsageExtrasTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 21, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, string?, Usage> Calls => new()
    {
        { "openai", "gpt-audio", null, new Usage { InputTokens = 1000, InputAudioTokens = 600, OutputTokens = 300, OutputAudioTokens = 200 } },
        { "gcp.gemini", "gemini-2.5-flash", null, new Usage { InputTokens = 1000, InputAudioTokens = 600, CachedInputTokens = 200, CachedInputAudioTokens = 100, OutputTokens = 50 } },
        { "gcp.gemini", "gemini-2.5-flash-image", null, new Usage { InputTokens = 1000, OutputTokens = 1500, OutputImageTokens = 1290 } },
        { "openai", "gpt-image-1", null, new Usage { InputTokens = 500, InputImageTokens = 300, OutputTokens = 1000, OutputImageTokens = 1000 } },
        { "anthropic", "claude-sonnet-4-5", null, new Usage { InputTokens = 1000, OutputTokens = 100, WebSearches = 3 } },
        { "perplexity", "sonar-deep-research", null, new Usage { InputTokens = 1000, OutputTokens = 700, ReasoningTokens = 200, CitationTokens = 300, WebSearches = 4 } },
        { "anthropic", "claude-opus-4-6", "us", new Usage { InputTokens = 1000, OutputTokens = 100 } },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void The_gate_prices_such_calls_as_they_were_recorded(string provider, string model, string? region, Usage usage)
    {
        decimal cost = PriceCatalog.Embedded.Price(new BilledCall(model, usage, new PriceTerms(Now, Region: region), provider)).Amount!.Value;
        LedgerRecord record = RecordOf(provider, model, region, usage) with { CostUsd = cost };

        Verdict verdict = CostGate.Judge(SummaryOf(record, record), null, new GateSettings());

        Assert.Equal((CostKind.Money, 2 * cost), (verdict.Cost.Kind, verdict.CostUsd));
        Assert.NotEqual(cost, PriceCatalog.Embedded.Price(new BilledCall(model, new Usage { InputTokens = usage.InputTokens, CachedInputTokens = usage.CachedInputTokens, OutputTokens = usage.OutputTokens }, new PriceTerms(Now), provider)).Amount);
    }

    [Fact]
    public void Calls_from_different_regions_are_different_entries()
    {
        var usage = new Usage { InputTokens = 1000, OutputTokens = 100 };

        CostSummary summary = SummaryOf(RecordOf("anthropic", "claude-opus-4-6", "us", usage), RecordOf("anthropic", "claude-opus-4-6", null, usage));

        Assert.Equal([null, "us"], summary.Entries.Select(static entry => entry.Key.Region));
    }

    [Fact]
    public void Extras_and_regions_survive_in_summaries_and_baselines()
    {
        using var directory = new TemporaryDirectory();
        var usage = new Usage { InputTokens = 1000, InputAudioTokens = 600, OutputTokens = 100, WebSearches = 3, AudioSeconds = 1.5m };
        CostSummary summary = SummaryOf(RecordOf("openai", "gpt-audio", "eu", usage));

        SummaryFile.Write(directory.File("summary.json"), summary);
        BaselineFile.Write(directory.File("baseline.json"), CostBaseline.From(summary));

        CostSummary read = SummaryFile.Read(directory.File("summary.json"));
        Assert.Equal(summary.Entries, read.Entries);
        Assert.Equal(summary.Totals, read.Totals);
        Assert.Equal(summary.Entries[0].Totals, BaselineFile.Read(directory.File("baseline.json")).Entries[0].Totals);
        Assert.Equal("eu", BaselineFile.Read(directory.File("baseline.json")).Entries[0].Key.Region);
    }

    [Fact]
    public void Counts_that_no_sum_can_hold_stay_at_the_largest_number()
    {
        LedgerRecord nonsense = RecordOf("openai", "gpt-audio", null, new Usage { InputTokens = long.MaxValue, OutputTokens = long.MaxValue, WebSearches = long.MaxValue });

        TokenTotals totals = SummaryOf(nonsense, nonsense).Totals;

        Assert.Equal((FigureBounds.MostCount, FigureBounds.MostCount, FigureBounds.MostCount), (totals.InputTokens, totals.TotalTokens, totals.Usage.WebSearches));
        Assert.Equal(2, totals.UnpricedCalls);
    }

    private static LedgerRecord RecordOf(string provider, string model, string? region, Usage usage) => new()
    {
        Timestamp = Now,
        Provider = provider,
        Model = model,
        Region = region,
        InputTokens = usage.InputTokens,
        CachedInputTokens = usage.CachedInputTokens,
        OutputTokens = usage.OutputTokens,
        ReasoningTokens = usage.ReasoningTokens,
        Extras = UsageExtras.Of(usage),
        UsageSource = UsageSource.Reported,
    };

    private static CostSummary SummaryOf(params LedgerRecord[] records)
    {
        var builder = new SummaryBuilder();
        foreach (LedgerRecord record in records)
        {
            builder.Add(record);
        }

        return builder.ToSummary();
    }
}
