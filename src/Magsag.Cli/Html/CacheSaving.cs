namespace Magsag.Cli.Html;

/// <summary>What the prompt cache saved on one model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Totals">The calls that read from the cache or wrote to it.</param>
/// <param name="UncachedUsd">What their tokens cost without a cache, in US dollars.</param>
/// <param name="PaidUsd">What they cost, at the same prices.</param>
internal sealed record CacheSaving(string Model, TokenTotals Totals, decimal UncachedUsd, decimal PaidUsd)
{
    public decimal SavedUsd => UncachedUsd - PaidUsd;
}
