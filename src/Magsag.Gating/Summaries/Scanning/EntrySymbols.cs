namespace Magsag.Gating;

/// <summary>An <see cref="EntryKey"/> with its call site, in symbols.</summary>
internal readonly record struct EntrySymbols(
    int Test,
    int Agent,
    int Operation,
    int Provider,
    int Model,
    int Site,
    int Member,
    int ServiceTier,
    int Region,
    bool Batch,
    long ContextTier)
{
    public static EntrySymbols Of(CallGroup group)
    {
        ref readonly CallSymbols call = ref group.Symbols;
        return new EntrySymbols(
            call.Of(LedgerMember.Test),
            call.Of(LedgerMember.Agent),
            call.Of(LedgerMember.Operation),
            call.Of(LedgerMember.Provider),
            call.BilledModel,
            call.Of(LedgerMember.Site),
            call.Of(LedgerMember.MemberName),
            call.Of(LedgerMember.ServiceTier),
            call.Of(LedgerMember.Region),
            call.Of(LedgerMember.Batch) != 0,
            group.ContextTier);
    }

    public bool Equals(EntrySymbols other) =>
        Test == other.Test && Agent == other.Agent && Operation == other.Operation && Provider == other.Provider && Model == other.Model
        && Site == other.Site && Member == other.Member && ServiceTier == other.ServiceTier && Region == other.Region && Batch == other.Batch && ContextTier == other.ContextTier;

    public override int GetHashCode()
    {
        // Symbols are small and dense, so each gets a factor of its own instead of a general hash.
        uint hash = ((uint)Test * 0x9E3779B1u) ^ ((uint)Site * 0x85EBCA77u) ^ ((uint)Member * 0xC2B2AE3Du) ^ ((uint)Agent * 0x27D4EB2Fu);
        hash = (uint.RotateLeft(hash, 15) * 0x9E3779B1u) ^ ((uint)Model * 0x165667B1u) ^ ((uint)Provider * 0x85EBCA77u) ^ (uint)Operation;
        hash = (uint.RotateLeft(hash, 13) * 0x27D4EB2Fu) ^ ((uint)ServiceTier * 0xC2B2AE3Du) ^ ((uint)Region * 0x165667B1u) ^ (uint)ContextTier ^ (Batch ? 0x5BD1E995u : 0u);
        return (int)(hash ^ (hash >> 15));
    }
}
