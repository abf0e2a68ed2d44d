using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Magsag.Ledger.Lines;
using Magsag.Ledger.Summaries;
using Magsag.Storage.Queries;
using Magsag.Storage.Stores;

namespace Magsag.Storage.Benchmarks;

/// <summary>Compares totals to the last digit: of the ledgers' summary, of stores, and of a sum over the lines' own digits that shares no code with them.</summary>
internal static class Totals
{
    private const int Decimals = 28;

    public static async Task<bool> RunAsync(IReadOnlyList<string> ledgers, IReadOnlyList<string> addresses)
    {
        string expected = Independent(ledgers);
        Console.WriteLine($"independent sum: {expected}");
        bool equal = Report("ledger summary", OfLedgers(ledgers), expected);
        foreach (string address in addresses)
        {
            await using ICostStore store = await CostStore.OpenAsync(address);
            await store.IngestAsync(ledgers);
            TokenTotals rolledUp = (await store.SummarizeAsync(new CostQuery())).Single().Totals;
            TokenTotals added = (await store.SummarizeAsync(new CostQuery { GroupBy = [CostDimension.Run] })).Aggregate(new TokenTotals(), static (sum, group) => sum + group.Totals);
            equal &= Report($"{store.Location} roll-ups", TextOf(rolledUp), expected);
            equal &= Report($"{store.Location} records", TextOf(added), expected);
        }

        return equal;
    }

    private static bool Report(string name, string found, string expected)
    {
        Console.WriteLine($"{name}: {found} {(found == expected ? "equal" : "DIFFERENT")}");
        return found == expected;
    }

    private static string OfLedgers(IReadOnlyList<string> ledgers)
    {
        var builder = new SummaryBuilder();
        foreach (string path in ledgers)
        {
            using var reader = new LedgerReader(path);
            builder.Add(reader);
        }

        return TextOf(builder.ToSummary().Totals);
    }

    private static string TextOf(TokenTotals totals) => string.Create(CultureInfo.InvariantCulture, $"{totals.Calls} calls, {totals.InputTokens} + {totals.OutputTokens} tokens, $") + Normal(totals.CostUsd.ToString(CultureInfo.InvariantCulture));

    private static string Normal(string amount) => amount.Contains('.', StringComparison.Ordinal) ? amount.TrimEnd('0').TrimEnd('.') : amount;

    private static string Independent(IReadOnlyList<string> ledgers)
    {
        BigInteger cost = 0;
        long calls = 0, input = 0, output = 0;
        foreach (string line in ledgers.SelectMany(File.ReadLines))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            JsonElement root = json.RootElement;
            if (root.TryGetProperty("kind", out _) || root.GetProperty("outcome").GetString() == "cache_hit")
            {
                continue;
            }

            calls++;
            input += root.TryGetProperty("input_tokens", out JsonElement tokens) ? tokens.GetInt64() : 0;
            output += root.TryGetProperty("output_tokens", out tokens) ? tokens.GetInt64() : 0;
            cost += root.TryGetProperty("cost_usd", out JsonElement amount) ? Units(amount.GetRawText()) : 0;
        }

        string digits = cost.ToString(CultureInfo.InvariantCulture).PadLeft(Decimals + 1, '0');
        return string.Create(CultureInfo.InvariantCulture, $"{calls} calls, {input} + {output} tokens, $") + Normal($"{digits[..^Decimals]}.{digits[^Decimals..]}");
    }

    // "0.0000177" in units of the 28th decimal.
    private static BigInteger Units(string amount)
    {
        int point = amount.IndexOf('.', StringComparison.Ordinal);
        string fraction = point < 0 ? "" : amount[(point + 1)..];
        string whole = point < 0 ? amount : amount[..point];
        return BigInteger.Parse(whole + fraction.PadRight(Decimals, '0'), CultureInfo.InvariantCulture);
    }
}
