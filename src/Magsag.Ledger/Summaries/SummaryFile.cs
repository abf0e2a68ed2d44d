using System.Text.Json;
using Magsag.Ledger.Files;
using Magsag.Ledger.Records;

namespace Magsag.Ledger.Summaries;

/// <summary>Writes and reads <c>summary.json</c>.</summary>
internal static class SummaryFile
{
    /// <summary>The version of the summary format that this type writes and reads.</summary>
    public const int FormatVersion = 1;

    private const string Remedy = "Make the summary again from the ledger.";

    /// <summary>Writes a summary; the file is replaced as a whole.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="summary">What to write.</param>
    /// <param name="runId">The run, when the summary is of one run.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its directory is protected.</exception>
    public static void Write(string path, CostSummary summary, string? runId = null) => AtomicFile.Write(path, file => Write(file, summary, runId));

    internal static byte[] ToBytes(CostSummary summary, string? runId = null)
    {
        using var buffer = new MemoryStream();
        Write(buffer, summary, runId);
        return buffer.ToArray();
    }

    private static void Write(Stream output, CostSummary summary, string? runId)
    {
        using (var json = new Utf8JsonWriter(output, JsonFormat.Indented))
        {
            Write(json, summary, runId);
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Reads a summary.</summary>
    /// <exception cref="UnreadableInputException">The file can't be opened, isn't a summary or is of another version.</exception>
    public static CostSummary Read(string path)
    {
        LocatedJsonReader json = LocatedJsonReader.Open(path, Remedy);
        json.ReadStartObject("a summary");
        CostSummary summary = new();
        TokenTotals totals = new();
        bool versioned = false;
        while (json.ReadMember() is { } member)
        {
            switch (member)
            {
                case "v": CheckVersion(json); versioned = true; break;
                case "cache_hits": summary = summary with { CacheHits = json.ReadCount() }; break;
                case "avoided_usd": summary = summary with { AvoidedUsd = json.ReadAmount() }; break;
                case "failed_calls": summary = summary with { FailedCalls = json.ReadCount() }; break;
                case "corrections": summary = summary with { Corrections = json.ReadCount() }; break;
                case "corrections_usd": summary = summary with { CorrectionsUsd = json.ReadAmount() }; break;
                case "runs": summary = summary with { Runs = json.ReadCount() }; break;
                case "successful_tasks": summary = summary with { SuccessfulTasks = json.ReadCount() }; break;
                case "from": summary = summary with { From = json.ReadTime() }; break;
                case "to": summary = summary with { To = json.ReadTime() }; break;
                case "session": summary = summary with { Session = Guid.TryParse(json.ReadText(), out Guid session) ? session : null }; break;
                case "partial": summary = summary with { IsPartial = json.ReadFlag() }; break;
                case "left_out_calls": summary = summary with { LeftOutCalls = json.ReadCount() }; break;
                case "torn_lines": summary = summary with { TornLines = json.ReadLines() }; break;
                case "model_stats": summary = summary with { Models = ReadShares(json, "model") }; break;
                case "agent_stats": summary = summary with { Agents = ReadShares(json, "agent") }; break;
                case "customer_stats": summary = summary with { Customers = ReadShares(json, "customer") }; break;
                case "test_stats": summary = summary with { Tests = ReadShares(json, "test") }; break;
                case "site_stats": summary = summary with { Sites = ReadShares(json, "site") }; break;
                case "entries": summary = summary with { Entries = ReadEntries(json) }; break;
                case "spend": summary = summary with { Spend = SpendJson.Read(json) }; break;
                default:
                    if (!TotalsJson.TryRead(json, member, ref totals))
                    {
                        json.Skip();
                    }

                    break;
            }
        }

        return versioned
            ? summary with { Totals = totals }
            : throw new UnreadableInputException(path, 1, $"Expected a summary with \"v\": {FormatVersion}, found no version. {Remedy}");
    }

    private static void Write(Utf8JsonWriter json, CostSummary summary, string? runId)
    {
        json.WriteStartObject();
        json.WriteNumber("v"u8, FormatVersion);
        json.WriteKnown("run_id"u8, runId);
        WriteCoverage(json, summary);
        json.WriteUsd("total_cost_usd"u8, summary.Totals.CostUsd);
        CostJson.WriteKind(json, summary.Cost);
        WriteTotals(json, summary.Totals);
        json.WriteNumber("cache_hits"u8, summary.CacheHits);
        if (summary.AvoidedUsd != 0m)
        {
            json.WriteUsd("avoided_usd"u8, summary.AvoidedUsd);
        }

        json.WriteNumber("failed_calls"u8, summary.FailedCalls);
        if (summary.Corrections > 0)
        {
            json.WriteNumber("corrections"u8, summary.Corrections);
            json.WriteUsd("corrections_usd"u8, summary.CorrectionsUsd);
        }

        json.WriteNumber("runs"u8, summary.Runs);
        json.WriteNumber("successful_tasks"u8, summary.SuccessfulTasks);
        if (summary.Coverage is { } coverage)
        {
            json.WriteNumber("coverage"u8, Math.Round(coverage, 6));
        }

        if (summary is { From: { } from, To: { } to })
        {
            json.WriteString("from"u8, from.UtcDateTime);
            json.WriteString("to"u8, to.UtcDateTime);
        }

        json.WriteNumber("torn_lines"u8, summary.TornLines);
        WriteShares(json, "model_stats"u8, "model"u8, summary.Models);
        WriteShares(json, "agent_stats"u8, "agent"u8, summary.Agents);
        WriteShares(json, "customer_stats"u8, "customer"u8, summary.Customers);
        WriteShares(json, "test_stats"u8, "test"u8, summary.Tests);
        WriteShares(json, "site_stats"u8, "site"u8, summary.Sites);
        WriteEntries(json, summary.Entries);
        SpendJson.Write(json, summary.Spend);
        json.WriteEndObject();
    }

    // What a summary covers that was written while its session recorded.
    private static void WriteCoverage(Utf8JsonWriter json, CostSummary summary)
    {
        if (summary.Session is { } session)
        {
            json.WriteString("session"u8, session);
        }

        if (summary.IsPartial)
        {
            json.WriteBoolean("partial"u8, true);
        }

        if (summary.LeftOutCalls > 0)
        {
            json.WriteNumber("left_out_calls"u8, summary.LeftOutCalls);
        }
    }

    private static void WriteTotals(Utf8JsonWriter json, TokenTotals totals)
    {
        json.WriteNumber("calls"u8, totals.Calls);
        TotalsJson.WriteCounts(json, totals.Usage, UsageCount.Columns.Contains);
        json.WriteNumber("total_tokens"u8, totals.TotalTokens);
        json.WriteNumber("unmetered_calls"u8, totals.UnmeteredCalls);
        json.WriteNumber("unpriced_calls"u8, totals.UnpricedCalls);
        json.WriteNumber("unpriced_tokens"u8, totals.UnpricedTokens);
        json.WriteNumber("estimated_calls"u8, totals.EstimatedCalls);
        if (totals.LowerBoundCalls > 0)
        {
            json.WriteNumber("lower_bound_calls"u8, totals.LowerBoundCalls);
        }
    }

    private static void WriteShares(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> member, IReadOnlyList<CostShare> shares)
    {
        json.WriteStartArray(name);
        foreach (CostShare share in shares)
        {
            json.WriteStartObject();
            json.WriteString(member, share.Name);
            json.WriteNumber("total_tokens"u8, share.Totals.TotalTokens);
            TotalsJson.Write(json, share.Totals);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEntries(Utf8JsonWriter json, IReadOnlyList<CostEntry> entries)
    {
        json.WriteStartArray("entries"u8);
        foreach (CostEntry entry in entries)
        {
            json.WriteStartObject();
            EntryJson.Write(json, entry.Key);
            if (entry.Line > 0)
            {
                json.WriteNumber("line"u8, entry.Line);
            }

            TotalsJson.Write(json, entry.Totals);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void CheckVersion(LocatedJsonReader json)
    {
        long version = json.ReadCount();
        if (version != FormatVersion)
        {
            throw json.Fault($"The summary is of format version {version}; this Magsag reads version {FormatVersion}.");
        }
    }

    private static List<CostShare> ReadShares(LocatedJsonReader json, string nameMember)
    {
        var shares = new List<CostShare>();
        json.ReadStartArray("statistics");
        while (json.AtNextElement())
        {
            json.ReadStartObject("statistics of one " + nameMember);
            string? name = null;
            TokenTotals totals = new();
            while (json.ReadMember() is { } member)
            {
                if (member == nameMember)
                {
                    name = json.ReadText();
                }
                else if (!TotalsJson.TryRead(json, member, ref totals))
                {
                    json.Skip();
                }
            }

            shares.Add(new CostShare(name ?? throw json.Fault($"Expected a member '{nameMember}', found none."), totals));
        }

        return shares;
    }

    private static List<CostEntry> ReadEntries(LocatedJsonReader json)
    {
        var entries = new List<CostEntry>();
        json.ReadStartArray("entries");
        while (json.AtNextElement())
        {
            json.ReadStartObject("an entry");
            EntryKey key = EntryJson.Empty;
            TokenTotals totals = new();
            int line = 0;
            while (json.ReadMember() is { } member)
            {
                if (member == "line")
                {
                    line = json.ReadLines();
                }
                else if (!EntryJson.TryRead(json, member, ref key) && !TotalsJson.TryRead(json, member, ref totals))
                {
                    json.Skip();
                }
            }

            entries.Add(new CostEntry(key, line, totals));
        }

        return entries;
    }
}
