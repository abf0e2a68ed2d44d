using System.Text.Json;
using Magsag.Ledger.Files;
using Magsag.Ledger.Records;

namespace Magsag.Ledger.Summaries;

/// <summary>The rows of spend in a summary.</summary>
internal static class SpendJson
{
    // Enough rows for one thread that starting it doesn't count.
    private const int RowsAtOnce = 2048;

    // Below that a second thread spares next to nothing, and a process whose thread pool is busy needn't wait for it.
    private const int FewRows = 65_536;

    public static void Write(Utf8JsonWriter json, IReadOnlyList<RunSpend> rows)
    {
        json.WriteStartArray("spend"u8);
        SpendRowsText[] texts = [.. Enumerable.Range(0, rows.Count < FewRows ? 1 : Math.Min(Environment.ProcessorCount, rows.Count / RowsAtOnce)).Select(static _ => new SpendRowsText())];
        for (int start = 0; start < rows.Count; start += texts.Length * RowsAtOnce)
        {
            Fill(texts, rows, start);
            foreach (SpendRowsText text in texts.Where(static text => !text.Bytes.IsEmpty))
            {
                // The rows were written as JSON just now: parsing them again would find nothing.
                json.WriteRawValue(text.Bytes, skipInputValidation: true);
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    private static void Fill(SpendRowsText[] texts, IReadOnlyList<RunSpend> rows, int start)
    {
        if (texts.Length == 1)
        {
            Fill(texts[0], rows, start);
            return;
        }

        Parallel.For(0, texts.Length, part => Fill(texts[part], rows, start + (part * RowsAtOnce)));
    }

    private static void Fill(SpendRowsText text, IReadOnlyList<RunSpend> rows, int start)
    {
        text.Clear();
        for (int row = start; row < Math.Min(start + RowsAtOnce, rows.Count); row++)
        {
            text.Add(rows[row]);
        }
    }

    public static List<RunSpend> Read(LocatedJsonReader json)
    {
        var rows = new List<RunSpend>();
        json.ReadStartArray("spend");
        while (json.AtNextElement())
        {
            json.ReadStartObject("spend of one run");
            rows.Add(ReadRow(json));
        }

        return rows;
    }

    private static RunSpend ReadRow(LocatedJsonReader json)
    {
        var call = new CallAttribution();
        var row = new RunSpend(default, call, 0, 0, 0m, 0);
        while (json.ReadMember() is { } member)
        {
            switch (member)
            {
                case "start": row = row with { Start = json.ReadTime() }; break;
                case "run_id": call = call with { RunId = json.ReadText() }; break;
                case "agent": call = call with { Agent = json.ReadText() }; break;
                case "model": call = call with { Model = json.ReadText() }; break;
                case "customer": call = call with { Customer = json.ReadText() }; break;
                case "billing_tier": call = call with { BillingTier = json.ReadText() }; break;
                case "tags": call = call with { Tags = ReadTags(json) }; break;
                case "calls": row = row with { Calls = json.ReadCount() }; break;
                case "tokens": row = row with { Tokens = json.ReadCount() }; break;
                case "cost_usd": row = row with { CostUsd = json.ReadAmount() }; break;
                case "calls_of_unknown_cost": row = row with { CallsOfUnknownCost = json.ReadCount() }; break;
                case "estimated_calls": row = row with { EstimatedCalls = json.ReadCount() }; break;
                default: json.Skip(); break;
            }
        }

        return row.Start == default ? throw json.Fault("Expected a row of spend with 'start', found none.") : row with { Call = call };
    }

    private static Dictionary<string, string> ReadTags(LocatedJsonReader json)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        json.ReadStartObject("tags");
        while (json.ReadMember() is { } tag)
        {
            tags[tag] = json.ReadText();
        }

        return tags;
    }
}
