namespace Magsag.Ledger.Figures;

/// <summary>Adds counts up that may be nonsense: a sum that doesn't fit stays at the largest number instead of turning negative.</summary>
/// <remarks>A count is negative where a correction takes back what another part of the sum has.</remarks>
internal static class TokenSum
{
    /// <summary>The sum of two counts.</summary>
    public static long Of(long left, long right)
    {
        long sum = unchecked(left + right);
        bool overflowed = left > 0 && right > 0 && sum < 0;
        return overflowed || sum > FigureBounds.MostCount ? FigureBounds.MostCount : sum;
    }
}
