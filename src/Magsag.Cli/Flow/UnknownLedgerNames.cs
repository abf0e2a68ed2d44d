using Magsag.Gating;
using Magsag.Pricing.Catalogue;

namespace Magsag.Cli;

/// <summary>Tells a name that no ledger has from one that has no calls in the period: the first is a mistake, and a sum of 0 would hide it.</summary>
internal static class UnknownLedgerNames
{
    /// <summary>Looks at the names in a filter that no call passed.</summary>
    /// <exception cref="CommandFailure">One of them was never recorded; names the nearest.</exception>
    public static void Check(CostSources sources, CallFilter filter, Terminal terminal, CancellationToken cancellationToken)
    {
        CostSummary Of(CallFilter only) => CostSummaries.Of(sources, only, PriceCatalog.Embedded, terminal, cancellationToken);
        bool Has(CallFilter only) => Of(only) is { Totals.Calls: > 0 } or { CacheHits: > 0 };
        if (filter.RunId is { } run && !Has(CallFilter.Everything with { RunId = run }))
        {
            throw UnknownRun.Among(Of(CallFilter.Everything).Spend.Select(static spend => spend.RunId).OfType<string>().Distinct(StringComparer.Ordinal), run);
        }

        foreach ((string subject, string? name, CallFilter only, Func<CostSummary, IEnumerable<CostShare>> shares) in new (string, string?, CallFilter, Func<CostSummary, IEnumerable<CostShare>>)[]
        {
            ("agent", filter.Agent, CallFilter.Everything with { Agent = filter.Agent }, static summary => summary.Agents),
            ("customer", filter.Customer, CallFilter.Everything with { Customer = filter.Customer }, static summary => summary.Customers),
            ("model", filter.Model, CallFilter.Everything with { Model = filter.Model }, static summary => summary.Models),
        })
        {
            if (name is not null && !Has(only))
            {
                throw UnknownName.Among(shares(Of(CallFilter.Everything)).Select(static share => share.Name), subject, name);
            }
        }
    }
}
