using Magsag.Cli.Costs;

namespace Magsag.Cli.Stores;

/// <summary>Checks the names in a filter against those in a store.</summary>
internal static class StoreNames
{
    /// <exception cref="CommandFailure">The store has never heard of a name that the filter asks for.</exception>
    public static Task ThrowIfUnknownAsync(ICostStore store, CallFilter filter, CancellationToken cancellationToken) => UnknownNames.ThrowIfAnyAsync(
        filter,
        async only => (await store.QueryAsync(new RecordQuery { Filter = only.ForStore(), Limit = 1 }, cancellationToken)).Records.Count > 0,
        async dimension => (await store.SummarizeAsync(new CostQuery { GroupBy = [dimension] }, cancellationToken)).Select(static group => group.Key[0]).OfType<string>());
}
