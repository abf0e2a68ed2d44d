namespace Magsag.Runtime.Budgets.Accounts;

/// <summary>What one call claims before it is made: its worst case, on every account that it counts for.</summary>
/// <param name="Id">Names the claim; it is settled or released once.</param>
/// <param name="Time">When it is made, in UTC.</param>
/// <param name="Expires">When it stops being reserved without being settled: from then on its worst case counts as spent, because a process that died may have been billed.</param>
/// <param name="Amount">The worst case.</param>
/// <param name="Lines">The accounts.</param>
internal sealed record BudgetClaim(Guid Id, DateTimeOffset Time, DateTimeOffset Expires, BudgetAmount Amount, IReadOnlyList<BudgetLine> Lines);
