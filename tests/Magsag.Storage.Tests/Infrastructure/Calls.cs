using Magsag.Ledger.Records;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Storage.Tests;

/// <summary>Records to test with.</summary>
internal static class Calls
{
    /// <summary>Noon of a day on which nothing special happened.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public static LedgerRecord At(DateTimeOffset time) => new()
    {
        Id = Guid.CreateVersion7(time),
        Timestamp = time,
        Agent = "triage",
        Customer = "acme",
        Provider = "openai",
        Model = "gpt-4o-mini-2024-07-18",
        RequestedModel = "gpt-4o-mini",
        InputTokens = 100,
        OutputTokens = 10,
        UsageSource = UsageSource.Reported,
        CostUsd = 0.000021m,
    };

    public static LedgerRecord Any() => At(Noon);

    /// <summary>Records of every kind: unknown costs, errors, cache hits, odd decimals, many runs, tags, days.</summary>
    public static IEnumerable<LedgerRecord> Random(int seed, int count)
    {
        var random = new Random(seed);
        string?[] agents = [null, "triage", "answering", "Ärzte ÷ Söhne", "o'hara\"; DROP TABLE record; --"];
        string[] models = ["gpt-4o-mini-2024-07-18", "gpt-4o-2024-08-06", "claude-sonnet-4-5"];
        for (int number = 0; number < count; number++)
        {
            DateTimeOffset time = Noon.AddDays(-random.Next(40)).AddTicks(random.NextInt64(TimeSpan.TicksPerDay));
            CallOutcome outcome = random.Next(10) switch { 0 => CallOutcome.Error, 1 => CallOutcome.Cancelled, 2 => CallOutcome.CacheHit, _ => CallOutcome.Ok };
            bool known = random.Next(8) != 0;
            yield return new LedgerRecord
            {
                Id = Guid.CreateVersion7(time),
                Timestamp = time,
                RunId = random.Next(5) == 0 ? null : $"run-{random.Next(1 + (count / 8))}",
                Agent = agents[random.Next(agents.Length)],
                Customer = random.Next(3) == 0 ? null : $"customer-{random.Next(20)}",
                BillingTier = random.Next(2) == 0 ? "enterprise" : null,
                Tags = random.Next(4) == 0 ? new Dictionary<string, string> { ["team"] = $"team {random.Next(3)}" } : null,
                Provider = random.Next(2) == 0 ? "openai" : "anthropic",
                Model = random.Next(10) == 0 ? null : models[random.Next(models.Length)],
                RequestedModel = "gpt-4o-mini",
                Operation = random.Next(5) == 0 ? "embeddings" : "chat",
                Outcome = outcome,
                InputTokens = known ? random.Next(100_000) : null,
                CachedInputTokens = random.Next(3) == 0 ? random.Next(1000) : null,
                OutputTokens = known ? random.Next(5_000) : null,
                ReasoningTokens = random.Next(6) == 0 ? random.Next(300) : null,
                Extras = known && number % 7 == 0 ? Extra(number) : null,
                UsageSource = known ? UsageSource.Reported : UsageSource.Unknown,
                CostUsd = outcome == CallOutcome.CacheHit ? 0m : known && random.Next(12) != 0 ? Cost(random) : null,
                IsLowerBound = outcome != CallOutcome.CacheHit && number % 11 == 0,
                DurationMilliseconds = random.Next(50_000) / 16.0,
                Test = random.Next(2) == 0 ? $"Desk.Tests.TriageTests.Case_{random.Next(12)}" : null,
                Site = random.Next(2) == 0 ? $"src/Triage.cs:{random.Next(40)}" : null,
            };
        }
    }

    private static UsageExtras? Extra(int number) => UsageExtras.Of(new Usage
    {
        InputAudioTokens = number,
        OutputImageTokens = number % 3 == 0 ? 1_000 : 0,
        WebSearches = number % 2,
        AudioSeconds = number % 5 == 0 ? number / 16m : 0m,
    });

    // Most costs have a handful of decimals, some have eighteen: their sums still fit into the 28 digits of decimal.
    private static decimal Cost(Random random) => random.Next(20) switch
    {
        0 => random.NextInt64(1_000_000_000_000_000_000) * 0.000000000000000001m,
        1 => random.Next() * 0.000000000000000001m,
        2 => random.Next(1_000_000) / 100m,
        _ => random.Next(10_000_000) * 0.000000001m,
    };
}
