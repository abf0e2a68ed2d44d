using Magsag.Storage.Ingest;
using Magsag.Storage.Queries;

namespace Magsag.Storage.Stores;

/// <summary>A queryable database of recorded calls, derived from ledgers: what it says can be made again from them.</summary>
/// <remarks>
/// One store serves one caller at a time; open another one for another thread or process. Any number of processes may ingest into
/// and read the same database at once.
/// </remarks>
public interface ICostStore : IAsyncDisposable
{
    /// <summary>Where the store is, as messages name it: without user name and password.</summary>
    string Location { get; }

    /// <summary>True when the database can be read but not written: then it can't be brought up to date.</summary>
    bool IsReadOnly { get; }

    /// <summary>Reads what is new in ledger files. Every record gets in exactly once, however often and by however many processes its line is read.</summary>
    /// <param name="ledgers">Paths of ledger files.</param>
    /// <param name="progress">Gets the result so far after every batch.</param>
    /// <param name="cancellationToken">Stops between two batches; what was read until then stays.</param>
    /// <returns>What was read. A file that can't be read is reported there and doesn't keep the others from being read.</returns>
    /// <exception cref="CostStoreException">The database can't be written.</exception>
    Task<IngestResult> IngestAsync(IEnumerable<string> ledgers, IProgress<IngestResult>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Finds records, one page at a time.</summary>
    /// <exception cref="ArgumentException">The limit, the cursor or the search text can't be used.</exception>
    /// <exception cref="CostStoreException">The database can't be read.</exception>
    Task<RecordPage> QueryAsync(RecordQuery query, CancellationToken cancellationToken = default);

    /// <summary>Adds calls up by what the query groups by, ordered by the groups' keys.</summary>
    /// <remarks>Days, agents, customers, billing tiers, providers, models, operations, outcomes, tests and sites are answered from daily roll-ups; anything else reads the records.</remarks>
    /// <exception cref="ArgumentException">The search text can't be used.</exception>
    /// <exception cref="CostStoreException">The database can't be read.</exception>
    Task<IReadOnlyList<CostGroup>> SummarizeAsync(CostQuery query, CancellationToken cancellationToken = default);

    /// <summary>Finds the runs of the calls that pass a filter, the run with the newest such call first.</summary>
    /// <param name="filter">Which calls.</param>
    /// <param name="limit">How many runs, from 1 to <see cref="RecordQuery.LargestPage"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The limit or the search text can't be used.</exception>
    /// <exception cref="CostStoreException">The database can't be read.</exception>
    internal Task<IReadOnlyList<RunCosts>> FindRunsAsync(RecordFilter filter, int limit, CancellationToken cancellationToken = default);

    /// <summary>Counts the runs that have calls which pass a filter, for each group; a run with calls of several groups counts in each of them.</summary>
    /// <remarks>Answered from what is kept of runs when the filter names nothing but agent, customer, model and time; anything else reads the records.</remarks>
    /// <param name="query">The calls, grouped by agent, customer and model or some of these.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The search text or what is grouped by can't be used.</exception>
    /// <exception cref="CostStoreException">The database can't be read.</exception>
    internal Task<IReadOnlyList<RunCount>> CountRunsWithCallsAsync(CostQuery query, CancellationToken cancellationToken = default);

    /// <summary>The ids of all runs, sorted by ordinal comparison.</summary>
    /// <exception cref="CostStoreException">The database can't be read.</exception>
    internal Task<IReadOnlyList<string>> ListRunIdsAsync(CancellationToken cancellationToken = default);

    /// <summary>Counts runs by the day, agent and customer of their first calls.</summary>
    /// <exception cref="ArgumentException">What is grouped by can't be used.</exception>
    /// <exception cref="CostStoreException">The database can't be read.</exception>
    internal Task<IReadOnlyList<RunGroup>> CountRunsAsync(RunQuery query, CancellationToken cancellationToken = default);
}
