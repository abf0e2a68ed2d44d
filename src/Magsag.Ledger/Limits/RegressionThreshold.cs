namespace Magsag.Ledger.Limits;

/// <summary>By how much the cost of some tests, agents or call sites may rise.</summary>
/// <param name="scope"><c>total</c>, <c>test</c>, <c>agent</c> or <c>site</c>.</param>
/// <param name="name">The test, agent or call site; <c>*</c> stands for anything. Null for the total.</param>
public sealed class RegressionThreshold(string scope, string? name)
{
    /// <summary><c>total</c>, <c>test</c>, <c>agent</c> or <c>site</c>.</summary>
    public string Scope { get; } = scope;

    /// <summary>The test, agent or call site; <c>*</c> stands for anything. Null for the total.</summary>
    public string? Name { get; } = name;

    /// <summary>By how many percent the cost may rise; null leaves the gate's own threshold.</summary>
    public decimal? MaxIncreasePercent { get; init; }

    /// <summary>Rises of no more than this many US dollars aren't reported; null leaves the gate's own threshold.</summary>
    public decimal? MinIncreaseUsd { get; init; }

    /// <summary>The line of the policy file, counted from 1; 0 for a policy made in code.</summary>
    public int Line { get; init; }
}
