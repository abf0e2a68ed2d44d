namespace Magsag.Gating;

/// <summary>What the spend of a run is told apart by, in symbols; the slot is counted from the year 1.</summary>
internal readonly record struct SpendSymbols(int RunId, int Agent, int Model, int Customer, int BillingTier, int Tags, int Slot)
{
    public static SpendSymbols Of(in CallSymbols call, int tags, int slot) => new(
        call.Of(LedgerMember.RunId),
        call.Of(LedgerMember.Agent),
        call.BilledModel,
        call.Of(LedgerMember.Customer),
        call.Of(LedgerMember.BillingTier),
        tags,
        slot);

    public override int GetHashCode()
    {
        uint hash = ((uint)RunId * 0x9E3779B1u) ^ ((uint)Agent * 0x85EBCA77u) ^ ((uint)Model * 0xC2B2AE3Du) ^ ((uint)Slot * 0x27D4EB2Fu);
        hash = (uint.RotateLeft(hash, 15) * 0x9E3779B1u) ^ ((uint)Customer * 0x165667B1u) ^ ((uint)BillingTier * 0x85EBCA77u) ^ ((uint)Tags * 0xC2B2AE3Du);
        return (int)(hash ^ (hash >> 15));
    }
}
