namespace Magsag.Runtime.Budgets.Accounts;

/// <summary>Whether a claim was granted, and what stands on the account that refused it.</summary>
/// <param name="Refusing">The account that has no room; null when the claim is granted.</param>
/// <param name="Spent">What is spent in its window.</param>
/// <param name="Reserved">What other calls have reserved in its window.</param>
internal readonly record struct BudgetDecision(BudgetLine? Refusing, BudgetAmount Spent, BudgetAmount Reserved)
{
    /// <summary>A granted claim.</summary>
    public static BudgetDecision Granted => default;

    /// <summary>True when the claim is granted.</summary>
    public bool IsGranted => Refusing is null;
}
