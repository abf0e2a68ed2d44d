namespace Magsag.Storage.Reconciling;

/// <summary>What a provider's bill or usage report says about one day and model.</summary>
/// <param name="Day">The day in UTC.</param>
/// <param name="Model">The model as billed.</param>
/// <param name="Calls">How many calls the provider counts.</param>
/// <param name="CostUsd">What it bills for them in US dollars; null when it doesn't say.</param>
internal sealed record ProviderCount(DateOnly Day, string Model, long Calls, decimal? CostUsd = null);
