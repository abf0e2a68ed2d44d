using System.Buffers;
using Magsag.Pricing.Catalogue;
using Magsag.Pricing.Costs;
using Magsag.Pricing.Tokens;

namespace Magsag.Cli.Tests.Html;

/// <summary>A month of calls of a support desk, the same ones each time.</summary>
internal static class SampleCosts
{
    private static readonly (string Agent, string Model, string Site, string Test)[] Work =
    [
        ("triage", "gpt-4o-mini-2024-07-18", "src/Triage.cs:21", "TriageTests.A_double_charge_is_a_billing_ticket"),
        ("answering", "gpt-4o-2024-08-06", "src/Answering.cs:29", "AnsweringTests.An_answer_names_its_article"),
        ("answering", "claude-sonnet-4-5-20250929", "src/Answering.cs:54", "AnsweringTests.A_long_thread_is_summed_up"),
        ("search", "text-embedding-3-small", "src/KnowledgeBase.cs:17", "KnowledgeBaseTests.The_nearest_article_comes_first"),
    ];

    private static readonly string[] Customers = ["acme", "globex", "initech", "umbrella <script>alert(1)</script>"];

    public static CostSummary Month { get; } = Summary(30, 40);

    /// <summary>Sums the calls of a number of days up.</summary>
    public static CostSummary Summary(int days, int callsPerDay)
    {
        var summary = new SummaryBuilder();
        foreach (LedgerRecord record in Records(days, callsPerDay))
        {
            summary.Add(record);
        }

        return summary.ToSummary();
    }

    /// <summary>Writes the calls of a number of days as a ledger file of a runs directory.</summary>
    public static void WriteLedger(string runsDirectory, int days, int callsPerDay) => WriteLedger(runsDirectory, $"{days}x{callsPerDay}", Records(days, callsPerDay));

    public static void WriteLedger(string runsDirectory, string name, IEnumerable<LedgerRecord> records)
    {
        var lines = new ArrayBufferWriter<byte>();
        var writer = new LedgerLineWriter(lines);
        foreach (LedgerRecord record in records)
        {
            writer.Write(record);
        }

        string folder = Directory.CreateDirectory(Path.Combine(runsDirectory, "costs")).FullName;
        File.WriteAllBytes(Path.Combine(folder, $"{name}.jsonl"), lines.WrittenSpan.ToArray());
    }

    private static IEnumerable<LedgerRecord> Records(int days, int callsPerDay)
    {
        var random = new Random(20261124);
        for (int day = 0; day < days; day++)
        {
            for (int call = 0; call < callsPerDay; call++)
            {
                yield return Record(random, new DateTimeOffset(2026, 10, 1, 8, 0, 0, TimeSpan.Zero).AddDays(day).AddMinutes(call));
            }
        }
    }

    private static LedgerRecord Record(Random random, DateTimeOffset time)
    {
        (string agent, string model, string site, string test) = Work[random.Next(Work.Length)];
        long input = random.Next(200, 9000);
        var usage = new Usage { InputTokens = input, CachedInputTokens = input / 3, OutputTokens = random.Next(20, 900) };
        return new LedgerRecord
        {
            Id = Guid.NewGuid(),
            Timestamp = time,
            RunId = $"run-{time:yyyyMMdd-HHmm}",
            Agent = agent,
            Customer = Customers[random.Next(Customers.Length)],
            Model = model,
            Outcome = random.Next(20) == 0 ? CallOutcome.CacheHit : CallOutcome.Ok,
            InputTokens = usage.InputTokens,
            CachedInputTokens = usage.CachedInputTokens,
            OutputTokens = usage.OutputTokens,
            UsageSource = UsageSource.Reported,
            CostUsd = PriceCatalog.Embedded.Find(model)?.Price(new BilledCall(model, usage, new PriceTerms(time))).Amount,
            Site = site,
            Test = test,
        };
    }
}
