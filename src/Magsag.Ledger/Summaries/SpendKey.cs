using Magsag.Ledger.Records;

namespace Magsag.Ledger.Summaries;

/// <summary>What tells one row of spend from another.</summary>
internal readonly record struct SpendKey(DateTimeOffset Start, string? RunId, string? Agent, string? Model, string? Customer, string? BillingTier, string? Tags) : IComparable<SpendKey>
{
    public static SpendKey For(DateTimeOffset start, CallAttribution call) =>
        new(start, call.RunId, call.Agent, call.Model, call.Customer, call.BillingTier, TagText.From(call.Tags));

    public int CompareTo(SpendKey other)
    {
        int order = Start.CompareTo(other.Start);
        order = order != 0 ? order : string.CompareOrdinal(RunId, other.RunId);
        order = order != 0 ? order : string.CompareOrdinal(Agent, other.Agent);
        order = order != 0 ? order : string.CompareOrdinal(Model, other.Model);
        order = order != 0 ? order : string.CompareOrdinal(Customer, other.Customer);
        order = order != 0 ? order : string.CompareOrdinal(BillingTier, other.BillingTier);
        return order != 0 ? order : string.CompareOrdinal(Tags, other.Tags);
    }
}
