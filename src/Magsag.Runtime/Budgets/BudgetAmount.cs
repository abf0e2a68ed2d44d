namespace Magsag.Runtime;

/// <summary>What calls take of a budget.</summary>
/// <param name="Usd">US dollars.</param>
/// <param name="Calls">Billable calls.</param>
/// <param name="Tokens">Tokens, input and output together.</param>
public readonly record struct BudgetAmount(decimal Usd, long Calls, long Tokens)
{
    /// <summary>Adds two amounts.</summary>
    public static BudgetAmount operator +(BudgetAmount left, BudgetAmount right) => new(left.Usd + right.Usd, left.Calls + right.Calls, left.Tokens + right.Tokens);

    /// <summary>Takes an amount off another.</summary>
    public static BudgetAmount operator -(BudgetAmount left, BudgetAmount right) => new(left.Usd - right.Usd, left.Calls - right.Calls, left.Tokens - right.Tokens);
}
