namespace Magsag.Gating;

/// <summary>Adds counts up that may be nonsense: a sum that doesn't fit stays at the largest number instead of turning negative.</summary>
internal static class TokenSum
{
    /// <summary>The sum of two counts of 0 or more.</summary>
    public static long Of(long left, long right)
    {
        long sum = unchecked(left + right);
        return sum >= 0 ? sum : long.MaxValue;
    }
}
