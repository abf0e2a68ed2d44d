namespace Magsag.Runtime.Budgets.Accounts;

/// <summary>What calls take of a budget.</summary>
/// <remarks>A sum beyond what the numbers can hold stays at their end, where no limit has room, instead of beginning again below zero.</remarks>
/// <param name="Usd">US dollars.</param>
/// <param name="Calls">Billable calls.</param>
/// <param name="Tokens">Tokens, input and output together.</param>
internal readonly record struct BudgetAmount(decimal Usd, long Calls, long Tokens)
{
    /// <summary>Adds two amounts.</summary>
    public static BudgetAmount operator +(BudgetAmount left, BudgetAmount right) => new(Sum(left.Usd, right.Usd), Sum(left.Calls, right.Calls), Sum(left.Tokens, right.Tokens));

    /// <summary>Takes an amount off another.</summary>
    public static BudgetAmount operator -(BudgetAmount left, BudgetAmount right) => new(Sum(left.Usd, -right.Usd), Sum(left.Calls, -right.Calls), Sum(left.Tokens, -right.Tokens));

    /// <summary>The amount, with another's part where its own is negative.</summary>
    internal BudgetAmount OrWhereNegative(BudgetAmount other) =>
        new(Usd < 0m ? other.Usd : Usd, Calls < 0 ? other.Calls : Calls, Tokens < 0 ? other.Tokens : Tokens);

    /// <summary>The larger of two amounts, part by part.</summary>
    internal static BudgetAmount Max(BudgetAmount left, BudgetAmount right) =>
        new(Math.Max(left.Usd, right.Usd), Math.Max(left.Calls, right.Calls), Math.Max(left.Tokens, right.Tokens));

    /// <summary>The smaller of two amounts, part by part.</summary>
    internal static BudgetAmount Min(BudgetAmount left, BudgetAmount right) =>
        new(Math.Min(left.Usd, right.Usd), Math.Min(left.Calls, right.Calls), Math.Min(left.Tokens, right.Tokens));

    /// <summary>The half, with no more digits than money has.</summary>
    internal BudgetAmount Half() => new(decimal.Round(Usd / 2m, 9, MidpointRounding.ToZero), Calls / 2, Tokens / 2);

    /// <summary>Whether no part is larger than another's.</summary>
    internal bool IsWithin(BudgetAmount other) => Usd <= other.Usd && Calls <= other.Calls && Tokens <= other.Tokens;

    private static long Sum(long left, long right)
    {
        long sum = unchecked(left + right);
        return ((left ^ sum) & (right ^ sum)) >= 0 ? sum : left < 0 ? long.MinValue : long.MaxValue;
    }

    private static decimal Sum(decimal left, decimal right)
    {
        const decimal Half = decimal.MaxValue / 2;
        return left is < Half and > -Half && right is < Half and > -Half ? left + right : SumOfGiants(left, right);
    }

    private static decimal SumOfGiants(decimal left, decimal right)
    {
        try
        {
            return left + right;
        }
        catch (OverflowException)
        {
            return left < 0m ? decimal.MinValue : decimal.MaxValue;
        }
    }

    // A negative amount would make room that doesn't exist.
    internal void ThrowIfNegative(string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Usd, name);
        ArgumentOutOfRangeException.ThrowIfNegative(Calls, name);
        ArgumentOutOfRangeException.ThrowIfNegative(Tokens, name);
    }
}
