using System.Globalization;
using System.Text;
using System.Text.Json;
using Magsag.Ledger.Files;
using Magsag.Ledger.Summaries;

namespace Magsag.Gating.Baselines;

/// <summary>Writes and reads <c>cost-baseline.json</c>: sorted, one entry per line, the same bytes for the same costs.</summary>
internal static class BaselineFile
{
    /// <summary>The version of the baseline format that this type writes and reads.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The usual name of a baseline file.</summary>
    public const string DefaultName = "cost-baseline.json";

    private const string Remedy = "Mend the file, or make it anew: dotnet test -p:MagsagUpdateBaseline=true";

    /// <summary>Writes a baseline; the file is replaced as a whole.</summary>
    /// <exception cref="IOException">The file can't be written; what was there before is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its directory is protected.</exception>
    public static void Write(string path, CostBaseline baseline)
    {
        var text = new StringBuilder();
        text.Append("{\n  \"schema\": 1,\n");
        if (baseline.Sites > 1)
        {
            text.Append("  \"sites\": ").Append(baseline.Sites.ToString(CultureInfo.InvariantCulture)).Append(",\n");
        }

        text.Append("  \"entries\": [");
        string separator = "\n    ";
        foreach (BaselineEntry entry in baseline.Entries)
        {
            text.Append(separator).Append(LineOf(entry));
            separator = ",\n    ";
        }

        text.Append("\n  ]\n}\n");
        AtomicFile.Write(path, new UTF8Encoding(false).GetBytes(text.ToString()));
    }

    /// <summary>Reads a baseline.</summary>
    /// <exception cref="UnreadableInputException">The file can't be opened, isn't a baseline or is of another version.</exception>
    public static CostBaseline Read(string path)
    {
        LocatedJsonReader json = LocatedJsonReader.Open(path, Remedy);
        json.ReadStartObject("a baseline");
        List<BaselineEntry>? entries = null;
        bool versioned = false;
        long sites = 1;
        while (json.ReadMember() is { } member)
        {
            switch (member)
            {
                case "schema":
                    long version = json.ReadCount();
                    versioned = version == SchemaVersion ? true : throw json.Fault($"The baseline is of schema {version}; this Magsag reads schema {SchemaVersion}.");
                    break;
                case "sites":
                    sites = json.ReadCount() is > 0 and <= CostBaseline.CurrentSites and var known ? known : throw json.Fault($"The baseline names call sites in a way that this Magsag doesn't know; it reads 1 to {CostBaseline.CurrentSites}.");
                    break;
                case "entries":
                    entries = ReadEntries(json);
                    break;
                default:
                    throw json.Fault($"Expected 'schema', 'sites' or 'entries', found '{member}'.");
            }
        }

        if (!versioned || entries is null)
        {
            throw new UnreadableInputException(path, 1, $"Expected a baseline with \"schema\": {SchemaVersion} and \"entries\", found {(versioned ? "no entries" : "no schema")}. {Remedy}");
        }

        return CostBaseline.From(entries) with { Sites = (int)sites };
    }

    private static string LineOf(BaselineEntry entry)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFormat.Compact))
        {
            json.WriteStartObject();
            EntryJson.Write(json, entry.Key);
            TotalsJson.Write(json, entry.Totals);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Describe(in EntryKey key)
    {
        string[] parts = [.. new[] { key.Test, key.Site, key.Model }.OfType<string>()];
        return parts.Length == 0 ? $"of {key.Operation}" : $"of {string.Join(", ", parts)}";
    }

    private static List<BaselineEntry> ReadEntries(LocatedJsonReader json)
    {
        var entries = new List<BaselineEntry>();
        var lines = new Dictionary<EntryKey, int>();
        json.ReadStartArray("the baseline's entries");
        while (json.AtNextElement())
        {
            json.ReadStartObject("an entry");
            int line = json.Line;
            EntryKey key = EntryJson.Empty;
            TokenTotals totals = new();
            while (json.ReadMember() is { } member)
            {
                if (!EntryJson.TryRead(json, member, ref key) && !TotalsJson.TryRead(json, member, ref totals))
                {
                    throw json.Fault($"'{member}' isn't a member of a baseline entry.");
                }

                if (totals.CostUsd < 0m)
                {
                    throw json.Fault(FormattableString.Invariant($"Expected an amount of money, 0 or more, found {totals.CostUsd}."));
                }
            }

            // A merge that keeps both sides leaves an entry twice: added up, costs that doubled would pass.
            if (lines.TryGetValue(key, out int first))
            {
                throw json.FaultAt(line, $"The entry {Describe(key)} stands twice, first in line {first}: a merge may have kept both sides.");
            }

            lines.Add(key, line);
            entries.Add(new BaselineEntry(key, totals, line));
        }

        return entries;
    }
}
