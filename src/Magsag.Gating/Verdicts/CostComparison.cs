using Magsag.Ledger.Summaries;
using Magsag.Pricing.Costs;

namespace Magsag.Gating.Verdicts;

/// <summary>The entries of one scope before and now.</summary>
internal sealed record CostComparison(string Scope, string Name, IReadOnlyList<PricedEntry> Before, IReadOnlyList<PricedEntry> Now)
{
    public Cost BeforeCost { get; } = SumOf(Before);

    public Cost NowCost { get; } = SumOf(Now);

    /// <summary>The lower bound. Both sides lack the same where they made the same calls, so that their bounds compare.</summary>
    public decimal BeforeUsd => BeforeCost.LowerBound;

    /// <inheritdoc cref="BeforeUsd"/>
    public decimal NowUsd => NowCost.LowerBound;

    public decimal RiseUsd => NowUsd - BeforeUsd;

    /// <summary>The same comparison over the entries that meet a condition.</summary>
    public CostComparison Where(Func<PricedEntry, bool> condition) => new(Scope, Name, [.. Before.Where(condition)], [.. Now.Where(condition)]);

    public ScopeChange ToChange() => new(
        Scope,
        Name,
        Before.Count == 0 ? null : BeforeUsd,
        Now.Count == 0 ? null : NowUsd,
        Before.Sum(static entry => entry.Totals.Calls),
        Now.Sum(static entry => entry.Totals.Calls))
    {
        BaselineCost = Before.Count == 0 ? null : BeforeCost,
        CurrentCost = Now.Count == 0 ? null : NowCost,
    };

    public static Cost SumOf(IEnumerable<PricedEntry> entries) => entries.Aggregate(default(Cost), static (sum, entry) => sum + entry.Cost);

    /// <summary>Pairs up the entries of both sides by name, in the order of the names; entries without a name are left out.</summary>
    public static IReadOnlyList<CostComparison> By(string scope, Func<EntryKey, string?> nameOf, IEnumerable<PricedEntry> before, IEnumerable<PricedEntry> now)
    {
        ILookup<string?, PricedEntry> old = before.ToLookup(entry => nameOf(entry.Key), StringComparer.Ordinal);
        ILookup<string?, PricedEntry> current = now.ToLookup(entry => nameOf(entry.Key), StringComparer.Ordinal);
        return
        [
            .. old.Select(static group => group.Key).Union(current.Select(static group => group.Key), StringComparer.Ordinal)
                .Where(static name => name is not null)
                .OrderBy(static name => name, StringComparer.Ordinal)
                .Select(name => new CostComparison(scope, name!, [.. old[name]], [.. current[name]])),
        ];
    }
}
