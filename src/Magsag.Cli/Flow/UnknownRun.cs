using Magsag.Gating;
using Magsag.Pricing;

namespace Magsag.Cli;

/// <summary>Says that there is no such run, and which ones have a name like it.</summary>
internal static class UnknownRun
{
    public static CommandFailure In(CostSources sources, string run, Terminal terminal, CancellationToken cancellationToken)
    {
        CostSummary all = CostSummaries.Of(sources, CallFilter.Everything, PriceCatalog.Embedded, terminal, cancellationToken);
        return Among(all.Spend.Select(static spend => spend.RunId).OfType<string>(), run);
    }

    public static CommandFailure Among(IEnumerable<string> known, string run)
    {
        IReadOnlyList<string> nearest = NearestNames.Of(run, known, 3);
        string remedy = nearest.Count == 0 ? "magsag data query lists the runs." : $"Did you mean {string.Join(" or ", nearest)}?";
        return CommandFailure.Usage($"There is no run '{run}'. {remedy}");
    }
}
