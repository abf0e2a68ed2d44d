namespace Magsag.Cli.Costs;

/// <summary>Distinguishes a name that was never recorded from one without calls in the period: the first is probably a typo, which an empty answer would hide.</summary>
internal static class UnknownNames
{
    private const int MostSuggestions = 3;

    /// <summary>Checks the names in a filter that no call passed.</summary>
    /// <param name="filter">The filter.</param>
    /// <param name="anyAsync">Whether any call passes another filter.</param>
    /// <param name="namesAsync">All recorded runs, agents, customers or models.</param>
    /// <exception cref="CommandFailure">A name was never recorded; the message has the nearest ones.</exception>
    public static async Task ThrowIfAnyAsync(CallFilter filter, Func<CallFilter, Task<bool>> anyAsync, Func<CostDimension, Task<IEnumerable<string>>> namesAsync)
    {
        foreach ((CostDimension dimension, string? name, CallFilter only) in new[]
        {
            (CostDimension.Run, filter.RunId, CallFilter.Everything with { RunId = filter.RunId }),
            (CostDimension.Agent, filter.Agent, CallFilter.Everything with { Agent = filter.Agent }),
            (CostDimension.Customer, filter.Customer, CallFilter.Everything with { Customer = filter.Customer }),
            (CostDimension.Model, filter.Model, CallFilter.Everything with { Model = filter.Model }),
        })
        {
            if (name is not null && !await anyAsync(only))
            {
                IEnumerable<string> known = await namesAsync(dimension);
                throw dimension == CostDimension.Run ? UnknownRun(name, known) : Unknown(dimension.ToString().ToLowerInvariant(), name, known);
            }
        }
    }

    public static CommandFailure UnknownRun(string run, IEnumerable<string> known)
    {
        string[] runs = [.. known];
        string[] begun = run.Length == 0 ? [] : [.. runs.Where(name => name.StartsWith(run, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(MostSuggestions)];
        return CommandFailure.Usage($"There is no run '{run}'. {Suggestion(begun.Length > 0 ? begun : NearestNames.Of(run, runs, MostSuggestions), "`magsag data query` lists the runs.")}");
    }

    public static CommandFailure Unknown(string subject, string name, IEnumerable<string> known, string where = "") =>
        CommandFailure.Usage($"No call of {subject} '{name}' was recorded{where}. {Suggestion(NearestNames.Of(name, known, MostSuggestions), $"`magsag report {subject}` lists those with calls.")}");

    private static string Suggestion(IReadOnlyList<string> nearest, string otherwise) => nearest.Count == 0 ? otherwise : $"Did you mean {string.Join(" or ", nearest)}?";
}
