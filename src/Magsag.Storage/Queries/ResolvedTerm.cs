using Magsag.Storage.Search;

namespace Magsag.Storage.Queries;

/// <summary>A search term and where it occurs: a bare word may be in series, begin ids of runs, or both.</summary>
/// <param name="Term">The term.</param>
/// <param name="Runs">How many runs' ids begin with it, counted up to <see cref="ManyRuns"/>.</param>
/// <param name="IsInSeries">True when a series has it.</param>
internal sealed record ResolvedTerm(SearchTerm Term, int Runs, bool IsInSeries)
{
    /// <summary>From this many runs on, reading records in the order of time finds matches sooner than reading the runs.</summary>
    public const int ManyRuns = 1_000;

    public bool IsInRuns => Runs > 0;

    public bool IsInFewRuns => Runs < ManyRuns;

    public static bool MayBeRun(SearchTerm term) => term.Field is null or { Kind: SearchFieldKind.Run } && term.Operator == SearchOperator.Matches;
}
