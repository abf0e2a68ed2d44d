using Magsag.Cli.Costs;

namespace Magsag.Cli.Stores;

/// <summary>Checks the names in a filter against those in a store.</summary>
internal static class StoreNames
{
    /// <exception cref="CommandFailure">The filter asks for a name that isn't in the store.</exception>
    public static Task ThrowIfUnknownAsync(ICostStore store, CallFilter filter, CancellationToken cancellationToken) => UnknownNames.ThrowIfAnyAsync(
        filter,
        async only => (await store.QueryAsync(new RecordQuery { Filter = only.ForStore(), Limit = 1 }, cancellationToken)).Records.Count > 0,
        async dimension => (await store.SummarizeAsync(new CostQuery { GroupBy = [dimension] }, cancellationToken)).Select(static group => group.Key[0]).OfType<string>());
}
