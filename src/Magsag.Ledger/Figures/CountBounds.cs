namespace Magsag.Ledger.Figures;

/// <summary>Keeps counts that can't be right from looking right in a sum: a negative one would make up for others, and large ones would wrap around.</summary>
internal static class CountBounds
{
    // Above all counts that can be right.
    private const long Absurd = 1L << 53;

    /// <summary>The count, or one that can't be right either and stays so in any sum.</summary>
    public static long Clamp(long count) => count is < 0 or > Absurd ? Absurd : count;

    /// <summary>The sum of two counts; one that can't be right when one of them can't.</summary>
    public static long Sum(long one, long other) => Clamp(Clamp(one) + Clamp(other));
}
