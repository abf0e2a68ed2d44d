namespace Magsag.Gating;

/// <summary>Adds amounts up that may be nonsense: what doesn't fit is refused instead of thrown.</summary>
internal static class MoneySum
{
    /// <summary>Adds an amount to a sum; false, and the sum as it was, when the result doesn't fit.</summary>
    public static bool TryAdd(ref decimal sum, decimal amount)
    {
        // Nearly every amount is far from the end.
        const decimal Safe = decimal.MaxValue / 4m;
        if ((sum is < Safe and > -Safe && amount is < Safe and > -Safe) || Fits(sum, amount))
        {
            sum += amount;
            return true;
        }

        return false;
    }

    /// <summary>The sum of two amounts; the largest amount when it doesn't fit.</summary>
    public static decimal Of(decimal left, decimal right) =>
        TryAdd(ref left, right) ? left : right > 0m ? decimal.MaxValue : decimal.MinValue;

    private static bool Fits(decimal sum, decimal amount) =>
        amount >= 0m ? sum <= decimal.MaxValue - amount : sum >= decimal.MinValue - amount;
}
