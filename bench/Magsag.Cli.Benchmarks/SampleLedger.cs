using System.Buffers;

namespace Magsag.Cli.Benchmarks;

/// <summary>Writes a ledger of any size: the calls of a support desk, the same ones for the same size.</summary>
internal static class SampleLedger
{
    private const int Flush = 4 * 1024 * 1024;

    private static readonly (string Model, decimal Input, decimal Output)[] Models =
    [
        ("gpt-4o-2024-08-06", 2.50m, 10m),
        ("gpt-4o-mini-2024-07-18", 0.15m, 0.60m),
        ("gpt-4.1-2025-04-14", 2m, 8m),
        ("o4-mini-2025-04-16", 1.10m, 4.40m),
    ];

    public static void Write(string path, long count)
    {
        var random = new Random(20261124);
        using FileStream file = File.Create(path);
        var buffer = new ArrayBufferWriter<byte>(Flush + 4096);
        var writer = new LedgerLineWriter(buffer);
        var begun = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        for (long call = 0; call < count; call++)
        {
            writer.Write(Record(random, begun.AddMilliseconds(call * 2_500), call));
            if (buffer.WrittenCount >= Flush)
            {
                file.Write(buffer.WrittenSpan);
                buffer.ResetWrittenCount();
            }
        }

        file.Write(buffer.WrittenSpan);
    }

    // A run belongs to one agent and one customer and uses two models, forty calls long.
    private static LedgerRecord Record(Random random, DateTimeOffset time, long call)
    {
        long run = call / 40;
        int agent = (int)(run % 12);
        (string model, decimal inputPrice, decimal outputPrice) = Models[(agent + random.Next(2)) % Models.Length];
        long input = random.Next(100, 8_000), output = random.Next(5, 900);
        return new LedgerRecord
        {
            Id = Guid.CreateVersion7(time),
            Timestamp = time,
            RunId = $"run-{run:x12}",
            Agent = $"agent-{agent}",
            Customer = $"customer-{run % 200}",
            Provider = "openai",
            Model = model,
            Outcome = random.Next(200) == 0 ? CallOutcome.Error : CallOutcome.Ok,
            InputTokens = input,
            OutputTokens = output,
            UsageSource = UsageSource.Reported,
            CostUsd = ((input * inputPrice) + (output * outputPrice)) / 1_000_000m,
            Site = $"src/Agents/Agent{agent}.cs:{20 + (agent * 7)}",
        };
    }
}
