using Magsag.Pricing.Costs;

namespace Magsag.Gating.Verdicts;

/// <summary>What one test, agent or call site cost in the baseline and costs now, at the same prices.</summary>
/// <param name="Scope"><c>test</c>, <c>agent</c> or <c>site</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="BaselineUsd">Its cost in the baseline, in US dollars, at least; null when the baseline doesn't have it.</param>
/// <param name="CurrentUsd">Its cost now, in US dollars, at least; null when it made no calls any more.</param>
/// <param name="BaselineCalls">Its calls in the baseline.</param>
/// <param name="CurrentCalls">Its calls now.</param>
internal sealed record ScopeChange(string Scope, string Name, decimal? BaselineUsd, decimal? CurrentUsd, long BaselineCalls, long CurrentCalls)
{
    /// <summary>Its cost in the baseline, which says what it lacks; null when the baseline doesn't have it.</summary>
    public Cost? BaselineCost { get; init; }

    /// <summary>Its cost now, which says what it lacks; null when it made no calls any more.</summary>
    public Cost? CurrentCost { get; init; }
}
