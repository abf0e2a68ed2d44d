using Magsag.Storage.Queries;
using Magsag.Storage.Stores;

namespace Magsag.Cli;

/// <summary>Tells a name that a store has never heard of from one that has no calls in the period: the first is a mistake.</summary>
internal static class UnknownNames
{
    /// <summary>Looks at the names in a filter that no call passed.</summary>
    /// <exception cref="CommandFailure">One of them was never recorded; names the nearest.</exception>
    public static async Task CheckAsync(ICostStore store, RecordFilter filter, CancellationToken cancellationToken)
    {
        if (filter.RunId is { } run && !await HasAsync(store, new RecordFilter { RunId = run }, cancellationToken))
        {
            throw UnknownRun.Among(await NamesAsync(store, CostDimension.Run, cancellationToken), run);
        }

        foreach ((string subject, string? name, CostDimension dimension, RecordFilter only) in new[]
        {
            ("agent", filter.Agent, CostDimension.Agent, new RecordFilter { Agent = filter.Agent }),
            ("customer", filter.Customer, CostDimension.Customer, new RecordFilter { Customer = filter.Customer }),
            ("model", filter.Model, CostDimension.Model, new RecordFilter { Model = filter.Model }),
        })
        {
            if (name is not null && !await HasAsync(store, only, cancellationToken))
            {
                throw UnknownName.Among(await NamesAsync(store, dimension, cancellationToken), subject, name);
            }
        }
    }

    private static async Task<bool> HasAsync(ICostStore store, RecordFilter filter, CancellationToken cancellationToken) =>
        (await store.QueryAsync(new RecordQuery { Filter = filter, Limit = 1 }, cancellationToken)).Records.Count > 0;

    private static async Task<IEnumerable<string>> NamesAsync(ICostStore store, CostDimension dimension, CancellationToken cancellationToken) =>
        (await store.SummarizeAsync(new CostQuery { GroupBy = [dimension] }, cancellationToken)).Select(static group => group.Key[0]).OfType<string>();
}
