using System.Diagnostics;
using System.Globalization;

namespace Magsag.Cli.Benchmarks;

/// <summary>Measures commands that ask a store: the whole process as a user waits for it, the median of several runs.</summary>
internal static class StoreCommands
{
    // The names are those of SampleLedger's calls.
    private static readonly string[][] Commands =
    [
        ["data", "query"],
        ["data", "query", "--limit", "100"],
        ["data", "query", "--agent", "agent-7"],
        ["data", "query", "--customer", "customer-42"],
        ["data", "query", "--model", "gpt-4o-2024-08-06"],
        ["data", "query", "--run-id", "run-000000001234"],
        ["data", "query", "--since", "2027-01-15", "--until", "2027-02-15"],
        ["data", "query", "--agent", "agent-7", "--since", "2027-01-15", "--until", "2027-02-15"],
        ["data", "query", "--calls", "--limit", "100"],
        ["data", "search", "cost_usd", "--limit", "50"],
        ["data", "search", "agent:agent-3 model:gpt-4o cost_usd:>0.01"],
        ["data", "search", "agent:support model:gpt-4o cost_usd:>0.01"],
        ["data", "search", "cost_usd:>0.02"],
        ["data", "search", "cost_usd:>1"],
        ["data", "search", "outcome:error customer:customer-42"],
        ["data", "search", "run-00000000abc"],
        ["data", "search", "agent5 cs -outcome:ok"],
        ["report", "agent"],
        ["report", "agent", "agent-7"],
        ["report", "agent", "agent-7", "--since", "2027-01-15T08:30", "--until", "2027-02-15"],
        ["report", "agent", "--model", "gpt-4o-2024-08-06"],
        ["report", "customer"],
        ["report", "customer", "customer-42"],
        ["report", "customer", "customer-42", "--agent", "agent-6"],
        ["report", "model"],
        ["report", "model", "--agent", "agent-7"],
        ["report", "model", "--since", "2027-01-15T08:30", "--until", "2027-02-15"],
        ["report", "model", "--run-id", "run-000000001234"],
        ["report", "daily", "--date", "2027-01-15"],
        ["report", "trends", "--weeks", "52"],
        ["report", "tokens"],
        ["report", "efficiency"],
        ["report", "efficiency", "--customer", "customer-42"],
        ["report", "chargeback", "--month", "2027-01"],
        ["report", "chargeback"],
    ];

    public static void Measure(string magsag, string store, int runs, string? only)
    {
        foreach (string[] command in Commands)
        {
            string name = string.Join(' ', command.Select(static word => word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word));
            if (only is not null && !name.Contains(only, StringComparison.Ordinal))
            {
                continue;
            }

            // The first run brings the pages that the command reads into the system's memory.
            if (MillisecondsOf(magsag, [.. command, "--store", store]) is not { } first)
            {
                Console.WriteLine($"      –     magsag {name}: nothing found, which the store may be too small for");
                continue;
            }

            double[] times = [.. Enumerable.Range(0, runs).Select(_ => MillisecondsOf(magsag, [.. command, "--store", store]) ?? double.NaN).Order()];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{times[runs / 2],7:0} ms (first {first,6:0}, best {times[0],6:0})  magsag {name}"));
        }
    }

    // Null when the command refuses a name that has no calls in the period.
    private static double? MillisecondsOf(string magsag, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(magsag, arguments) { RedirectStandardOutput = true };
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double milliseconds = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        return process.ExitCode switch
        {
            0 => milliseconds,
            2 => null,
            _ => throw new InvalidOperationException($"magsag {string.Join(' ', arguments)} ended with {process.ExitCode}."),
        };
    }
}
