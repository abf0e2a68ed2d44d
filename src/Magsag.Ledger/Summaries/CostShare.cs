namespace Magsag.Ledger.Summaries;

/// <summary>What one model, agent, customer, test or call site has part in.</summary>
/// <param name="Name">The model, agent, customer, test or call site.</param>
/// <param name="Totals">The sums over its calls.</param>
internal sealed record CostShare(string Name, TokenTotals Totals);
