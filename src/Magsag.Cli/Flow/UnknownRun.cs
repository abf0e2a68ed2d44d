using Magsag.Pricing.Ids;

namespace Magsag.Cli;

/// <summary>Says that there is no such run, and which ones have a name like it.</summary>
internal static class UnknownRun
{
    private const int Most = 3;

    public static CommandFailure Among(IEnumerable<string> known, string run)
    {
        string[] runs = [.. known];
        string[] begun = run.Length == 0 ? [] : [.. runs.Where(name => name.StartsWith(run, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Take(Most)];
        IReadOnlyList<string> nearest = begun.Length > 0 ? begun : NearestNames.Of(run, runs, Most);
        string remedy = nearest.Count == 0 ? "`magsag data query` lists the runs." : $"Did you mean {string.Join(" or ", nearest)}?";
        return CommandFailure.Usage($"There is no run '{run}'. {remedy}");
    }
}
