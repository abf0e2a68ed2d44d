using Magsag.Ledger.Summaries;

namespace Magsag.Storage.Reconciling;

/// <summary>The calls of one day and model as the ledgers, the store and the provider count them.</summary>
/// <param name="Day">The day in UTC.</param>
/// <param name="Model">The model as billed; the requested one where the response named none.</param>
internal sealed record ReconciledDay(DateOnly Day, string? Model)
{
    /// <summary>The billable calls in the ledgers, each counted once; null when no ledgers were compared.</summary>
    public TokenTotals? Ledger { get; init; }

    /// <summary>The billable calls in the store.</summary>
    public TokenTotals Store { get; init; } = new();

    /// <summary>Those calls in the store that failed.</summary>
    public long FailedCalls { get; init; }

    /// <summary>What the provider counts; null when it has nothing of this day and model.</summary>
    public ProviderCount? Provider { get; init; }

    /// <summary>The first of those records of the ledgers that the store doesn't have.</summary>
    public IReadOnlyList<Guid> MissingFromStore { get; init; } = [];

    /// <summary>How many tokens more the provider counts; null when it doesn't say.</summary>
    public long? MoreTokens => Provider is { } billed && (billed.InputTokens ?? billed.OutputTokens) is not null
        ? (billed.InputTokens ?? Store.InputTokens) + (billed.OutputTokens ?? Store.OutputTokens) - Store.TotalTokens
        : null;

    /// <summary>How many calls more the provider counts; null when it doesn't say.</summary>
    public long? MoreCalls => Provider?.Calls - Store.Calls;

    /// <summary>How many US dollars more the provider bills; null when it doesn't say.</summary>
    public decimal? MoreUsd => Provider?.CostUsd - Store.CostUsd;

    /// <summary>True when the ledgers and the store agree, or weren't compared.</summary>
    public bool IsStored => Ledger is not { } ledger || (ledger.Calls == Store.Calls && ledger.CostUsd == Store.CostUsd && MissingFromStore.Count == 0);

    /// <summary>True when the tokens and calls that the provider states are those in the store.</summary>
    public bool AgreesInUsage => Provider is not { } billed
        || (Same(billed.Calls, Store.Calls) && Same(billed.InputTokens, Store.InputTokens) && Same(billed.OutputTokens, Store.OutputTokens) && AgreesInCache);

    /// <summary>True when the provider splits the input as the store does.</summary>
    public bool AgreesInCache => Provider is not { } billed || (Same(billed.CachedInputTokens, Store.CachedInputTokens) && Same(billed.CacheWriteTokens, Store.CacheWriteTokens));

    /// <summary>True when all counts agree.</summary>
    public bool Agrees => IsStored && AgreesInUsage && (MoreUsd is not { } difference || Math.Abs(difference) <= Provider!.RoundingUsd);

    private static bool Same(long? stated, long counted) => stated is null || stated == counted;
}
