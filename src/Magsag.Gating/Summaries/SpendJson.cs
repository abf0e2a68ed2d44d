using System.Text.Json;

namespace Magsag.Gating;

/// <summary>The rows of spend in a summary.</summary>
internal static class SpendJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<RunSpend> rows)
    {
        json.WriteStartArray("spend"u8);
        foreach (RunSpend row in rows)
        {
            json.WriteStartObject();
            json.WriteString("start"u8, row.Start.UtcDateTime);
            EntryJson.WriteText(json, "run_id"u8, row.Call.RunId);
            EntryJson.WriteText(json, "agent"u8, row.Call.Agent);
            EntryJson.WriteText(json, "model"u8, row.Call.Model);
            EntryJson.WriteText(json, "customer"u8, row.Call.Customer);
            EntryJson.WriteText(json, "billing_tier"u8, row.Call.BillingTier);
            WriteTags(json, row.Call.Tags);
            json.WriteNumber("calls"u8, row.Calls);
            json.WriteNumber("tokens"u8, row.Tokens);
            json.WriteNumber("cost_usd"u8, ExactMoney.WithoutTrailingZeros(row.CostUsd));
            if (row.CallsOfUnknownCost > 0)
            {
                json.WriteNumber("calls_of_unknown_cost"u8, row.CallsOfUnknownCost);
            }

            if (row.EstimatedCalls > 0)
            {
                json.WriteNumber("estimated_calls"u8, row.EstimatedCalls);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
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

    private static void WriteTags(Utf8JsonWriter json, IReadOnlyDictionary<string, string>? tags)
    {
        if (tags is null || tags.Count == 0)
        {
            return;
        }

        json.WriteStartObject("tags"u8);
        TagText.WriteMembers(json, tags);
        json.WriteEndObject();
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
