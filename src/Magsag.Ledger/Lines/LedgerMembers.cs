using System.Text;
using Magsag.Ledger.Records;

namespace Magsag.Ledger.Lines;

/// <summary>Finds members of ledger lines by their names.</summary>
internal static class LedgerMembers
{
    // A power of two with room enough that hardly any two names meet.
    private const int Slots = 512;

    private static readonly (string Name, LedgerMember Member)[] Names =
    [
        ("v", LedgerMember.Version),
        ("kind", LedgerMember.Kind),
        ("id", LedgerMember.Id),
        ("ts", LedgerMember.Timestamp),
        ("run_id", LedgerMember.RunId),
        ("parent_run_id", LedgerMember.ParentRunId),
        ("call_id", LedgerMember.CallId),
        ("agent", LedgerMember.Agent),
        ("customer", LedgerMember.Customer),
        ("billing_tier", LedgerMember.BillingTier),
        ("tags", LedgerMember.Tags),
        ("provider", LedgerMember.Provider),
        ("model", LedgerMember.Model),
        ("requested_model", LedgerMember.RequestedModel),
        ("operation", LedgerMember.Operation),
        ("outcome", LedgerMember.Outcome),
        ("usage_source", LedgerMember.UsageSource),
        ("usage_issue", LedgerMember.UsageIssue),
        ("cost_usd", LedgerMember.CostUsd),
        ("cost_bound", LedgerMember.CostBound),
        ("avoided_usd", LedgerMember.AvoidedUsd),
        ("price_id", LedgerMember.PriceId),
        ("batch", LedgerMember.Batch),
        ("replayed", LedgerMember.Replayed),
        ("service_tier", LedgerMember.ServiceTier),
        ("region", LedgerMember.Region),
        ("duration_ms", LedgerMember.Duration),
        ("test", LedgerMember.Test),
        ("site", LedgerMember.Site),
        ("member", LedgerMember.MemberName),
        ("module", LedgerMember.Module),
        ("experiment", LedgerMember.Experiment),
        ("variant", LedgerMember.Variant),
        ("quality", LedgerMember.Quality),
        ("corrects", LedgerMember.Corrects),
        ("corrected_at", LedgerMember.CorrectedAt),
        ("reason", LedgerMember.Reason),
        ("was_unknown", LedgerMember.WasUnknown),
        .. UsageCount.All.Select(static (count, index) => (count.Name, LedgerMember.FirstCount + index)),
    ];

    private static readonly (byte[] Name, LedgerMember Member)[] Table = MakeTable();
    private static readonly byte[][] QuotedNames = MakeQuotedNames();

    /// <summary>How many members there are, <see cref="LedgerMember.Unknown"/> included.</summary>
    public static int Count => Names.Length + 1;

    /// <summary>A member's name as it stands in a line, with its quotes and the colon; empty for <see cref="LedgerMember.Unknown"/>.</summary>
    public static ReadOnlySpan<byte> QuotedName(LedgerMember member) => QuotedNames[(int)member];

    /// <summary>The member of a name; <see cref="LedgerMember.Unknown"/> when no member is called that.</summary>
    public static LedgerMember Find(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
        {
            return LedgerMember.Unknown;
        }

        (byte[] Name, LedgerMember Member)[] table = Table;
        for (int slot = SlotOf(name); table[slot].Name is { } known; slot = (slot + 1) & (Slots - 1))
        {
            if (name.SequenceEqual(known))
            {
                return table[slot].Member;
            }
        }

        return LedgerMember.Unknown;
    }

    private static byte[][] MakeQuotedNames()
    {
        var names = new byte[Count][];
        names[(int)LedgerMember.Unknown] = [];
        foreach ((string name, LedgerMember member) in Names)
        {
            names[(int)member] = Encoding.UTF8.GetBytes($"\"{name}\":");
        }

        return names;
    }

    private static int SlotOf(ReadOnlySpan<byte> name) => ((name.Length * 37) + (name[0] * 11) + (name[name.Length - 1] * 5) + name[name.Length / 2]) & (Slots - 1);

    private static (byte[] Name, LedgerMember Member)[] MakeTable()
    {
        var table = new (byte[] Name, LedgerMember Member)[Slots];
        foreach ((string text, LedgerMember member) in Names)
        {
            byte[] name = Encoding.UTF8.GetBytes(text);
            int slot = SlotOf(name);
            while (table[slot].Name is not null)
            {
                slot = (slot + 1) & (Slots - 1);
            }

            table[slot] = (name, member);
        }

        return table;
    }
}
