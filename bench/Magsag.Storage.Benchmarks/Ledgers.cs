using System.Buffers;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Records;

namespace Magsag.Storage.Benchmarks;

/// <summary>Writes ledgers as a busy service would: 30 days, 20 agents, 200 customers, 4 models, 60 call sites, ten calls a run.</summary>
internal static class Ledgers
{
    private const int RecordsPerFile = 1_000_000;
    private const int CallsPerRun = 10;

    private static readonly (string Provider, string Requested, string Model, decimal Input, decimal Output)[] Models =
    [
        ("openai", "gpt-4o-mini", "gpt-4o-mini-2024-07-18", 0.00000015m, 0.0000006m),
        ("openai", "gpt-4o", "gpt-4o-2024-08-06", 0.0000025m, 0.00001m),
        ("anthropic", "claude-sonnet-4-5", "claude-sonnet-4-5-20250929", 0.000003m, 0.000015m),
        ("gcp.gemini", "gemini-2.5-flash", "gemini-2.5-flash", 0.0000003m, 0.0000025m),
    ];

    public static void Write(string directory, int records)
    {
        var random = new Random(1);
        var start = new DateTimeOffset(2026, 10, 1, 0, 0, 0, TimeSpan.Zero);
        double ticksPerRecord = 30.0 * TimeSpan.TicksPerDay / records;
        Directory.CreateDirectory(Path.Combine(directory, "costs"));
        for (int first = 0; first < records; first += RecordsPerFile)
        {
            using FileStream file = File.Create(Path.Combine(directory, "costs", $"{first:000000000}.jsonl"));
            var buffer = new ArrayBufferWriter<byte>(1 << 20);
            var writer = new LedgerLineWriter(buffer);
            writer.Write(new LedgerSession { Id = Guid.CreateVersion7(), Timestamp = start, Assembly = "Service" });
            for (int number = first; number < Math.Min(first + RecordsPerFile, records); number++)
            {
                writer.Write(Record(random, start.AddTicks((long)(number * ticksPerRecord)), number / CallsPerRun));
                if (buffer.WrittenCount > 1 << 19)
                {
                    file.Write(buffer.WrittenSpan);
                    buffer.ResetWrittenCount();
                }
            }

            file.Write(buffer.WrittenSpan);
        }
    }

    // A run is one customer's and one agent's; its calls come from the agent's call sites.
    private static LedgerRecord Record(Random random, DateTimeOffset time, int run)
    {
        int agent = run * 7 % 20;
        int site = (agent * 3) + random.Next(3);
        (string provider, string requested, string model, decimal input, decimal output) = Models[agent % Models.Length];
        int inputTokens = random.Next(50, 20_000), outputTokens = random.Next(5, 2_000);
        CallOutcome outcome = random.Next(1000) switch { < 8 => CallOutcome.Error, < 10 => CallOutcome.Cancelled, < 50 => CallOutcome.CacheHit, _ => CallOutcome.Ok };
        return new LedgerRecord
        {
            Id = Guid.CreateVersion7(time),
            Timestamp = time,
            RunId = $"run-{run:x8}",
            Agent = $"agent-{agent}",
            Customer = $"customer-{run * 13 % 200}",
            BillingTier = run % 3 == 0 ? "enterprise" : "standard",
            Provider = provider,
            Model = model,
            RequestedModel = requested,
            Outcome = outcome,
            InputTokens = inputTokens,
            OutputTokens = outputTokens,
            UsageSource = UsageSource.Reported,
            CostUsd = outcome == CallOutcome.CacheHit ? 0m : (inputTokens * input) + (outputTokens * output),
            PriceId = $"{provider}/{requested}@2025-01-01",
            DurationMilliseconds = random.Next(100_000) / 10.0,
            Site = $"src/Agents/Agent{agent}.cs:{20 + site}",
            Member = $"Service.Agents.Agent{agent}.StepAsync",
        };
    }
}
