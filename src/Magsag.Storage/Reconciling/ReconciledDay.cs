namespace Magsag.Storage.Reconciling;

/// <summary>The calls of one day and model as the ledgers, the store and the provider count them.</summary>
/// <param name="Day">The day in UTC.</param>
/// <param name="Model">The model as billed; the requested one where the response named none.</param>
internal sealed record ReconciledDay(DateOnly Day, string? Model)
{
    /// <summary>Billable calls in the ledgers, each counted once.</summary>
    public long LedgerCalls { get; init; }

    /// <summary>Their known cost in US dollars.</summary>
    public decimal LedgerCostUsd { get; init; }

    /// <summary>Billable calls in the store.</summary>
    public long StoreCalls { get; init; }

    /// <summary>Their known cost in US dollars.</summary>
    public decimal StoreCostUsd { get; init; }

    /// <summary>Calls that the provider counts; null when it has no count of this day and model.</summary>
    public long? ProviderCalls { get; init; }

    /// <summary>What the provider bills in US dollars; null when it doesn't say.</summary>
    public decimal? ProviderCostUsd { get; init; }

    /// <summary>The first of those records of the ledgers that the store doesn't have.</summary>
    public IReadOnlyList<Guid> MissingFromStore { get; init; } = [];

    /// <summary>True when all counts agree.</summary>
    public bool Agrees =>
        LedgerCalls == StoreCalls && LedgerCostUsd == StoreCostUsd && MissingFromStore.Count == 0
        && (ProviderCalls is null || ProviderCalls == StoreCalls) && (ProviderCostUsd is null || ProviderCostUsd == StoreCostUsd);
}
