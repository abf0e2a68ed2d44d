namespace Magsag.Ledger.Limits;

/// <summary>By how much the cost of some tests, agents or call sites may rise.</summary>
/// <param name="Scope"><c>total</c>, <c>test</c>, <c>agent</c> or <c>site</c>.</param>
/// <param name="Name">The test, agent or call site; <c>*</c> stands for anything. Null for the total.</param>
/// <param name="MaxIncreasePercent">By how many percent its cost may rise; null leaves the gate's own.</param>
/// <param name="MinIncreaseUsd">Rises of no more than this many US dollars aren't reported; null leaves the gate's own.</param>
/// <param name="Line">The line of the policy file; 0 for a policy made in code.</param>
public sealed record RegressionThreshold(string Scope, string? Name, decimal? MaxIncreasePercent, decimal? MinIncreaseUsd, int Line = 0);
