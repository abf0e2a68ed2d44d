namespace Magsag.Ledger.Figures;

/// <summary>Adds amounts up that may be nonsense: a sum that no file can state is refused instead of thrown.</summary>
internal static class MoneySum
{
    /// <summary>Adds an amount to a sum; false, and the sum as it was, when the result would be too large to be read again.</summary>
    public static bool TryAdd(ref decimal sum, decimal amount)
    {
        if (!IsBounded(amount))
        {
            return false;
        }

        decimal result = sum + amount;
        if (!IsBounded(result))
        {
            return false;
        }

        sum = result;
        return true;
    }

    /// <summary>The sum of two amounts; the largest one when it doesn't fit.</summary>
    public static decimal Add(decimal left, decimal right) =>
        TryAdd(ref left, right) ? left : right > 0m ? FigureBounds.MostUsd : -FigureBounds.MostUsd;

#if NET
    // Comparing decimals is most of what adding them costs.
    private static bool IsBounded(decimal usd) => decimal.IsNegative(usd) ? usd >= -FigureBounds.MostUsd : usd <= FigureBounds.MostUsd;
#else
    private static bool IsBounded(decimal usd) => usd is >= -FigureBounds.MostUsd and <= FigureBounds.MostUsd;
#endif
}
