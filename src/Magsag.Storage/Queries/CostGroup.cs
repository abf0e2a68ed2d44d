using Magsag.Ledger.Summaries;

namespace Magsag.Storage.Queries;

/// <summary>Calls that have something in common, added up.</summary>
/// <param name="Key">What they have in common, in the order that the query groups by; null where it is unknown.</param>
/// <param name="Totals">Their sums, exact to the last digit. The cost is a lower bound where calls are unmetered or unpriced.</param>
/// <param name="CacheHits">Calls that a cache answered; they are in no other figure.</param>
/// <param name="FailedCalls">Calls that failed.</param>
public sealed record CostGroup(IReadOnlyList<string?> Key, TokenTotals Totals, long CacheHits, long FailedCalls)
{
    /// <summary>What the cache hits would have cost in US dollars, as far as it is known.</summary>
    public decimal AvoidedUsd { get; init; }

    /// <summary>Corrections of what the calls cost; they are in the cost.</summary>
    public long Corrections { get; init; }

    /// <summary>What the corrections add to the cost in US dollars; negative when calls cost less than was recorded.</summary>
    public decimal CorrectionsUsd { get; init; }

    /// <summary>Adds other calls with the same key.</summary>
    internal CostGroup With(CostGroup other) => new(Key, Totals + other.Totals, CacheHits + other.CacheHits, FailedCalls + other.FailedCalls)
    {
        AvoidedUsd = AvoidedUsd + other.AvoidedUsd,
        Corrections = Corrections + other.Corrections,
        CorrectionsUsd = CorrectionsUsd + other.CorrectionsUsd,
    };
}
