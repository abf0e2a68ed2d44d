namespace Magsag.Gating;

/// <summary>What the spend of a run is told apart by, in symbols; the day is counted from the year 1.</summary>
internal readonly record struct SpendSymbols(int RunId, int Agent, int Model, int Day)
{
    public override int GetHashCode()
    {
        uint hash = ((uint)RunId * 0x9E3779B1u) ^ ((uint)Agent * 0x85EBCA77u) ^ ((uint)Model * 0xC2B2AE3Du) ^ ((uint)Day * 0x27D4EB2Fu);
        return (int)(hash ^ (hash >> 15));
    }
}
