using Magsag.Cli.Figures;

namespace Magsag.Cli.Costs;

/// <summary>A summary for people: the totals, and what each model, agent and customer has part in.</summary>
internal static class SummaryReport
{
    public static Report Create(CostSummary summary) => new()
    {
        Title = "LLM cost summary",
        Facts =
        [
            new Fact("from", "From", summary.From, CellKind.Time),
            new Fact("to", "To", summary.To, CellKind.Time),
            new Fact("runs", "Runs", summary.Runs, CellKind.Count),
            new Fact("calls", "Calls", summary.Totals.Calls, CellKind.Count),
            new Fact("cache_hits", "Cache hits", summary.CacheHits, CellKind.Count),
            .. AvoidedFacts(summary),
            new Fact("failed_calls", "Failed calls", summary.FailedCalls, CellKind.Count),
            .. CorrectionFacts(summary),
            new Fact("total_tokens", "Tokens", summary.Totals.TotalTokens, CellKind.Tokens),
            new Fact("total_cost_usd", "Total cost", KnownCost.Cell(summary.Totals), CellKind.Money),
            .. Unknowns.EstimateFacts(summary.Totals),
        ],
        Tables =
        [
            .. new[]
            {
                SharesTable("model_stats", "Models", "model", summary.Models, summary.Totals),
                SharesTable("agent_stats", "Agents", "agent", summary.Agents, summary.Totals),
                SharesTable("customer_stats", "Customers", "customer", summary.Customers, summary.Totals),
            }.Where(static table => table.Rows.Any(static row => row[0] is not null)),
        ],
        Notes = Unknowns.Notes(summary.Totals, summary.TornLines),
    };

    private static Table SharesTable(string key, string title, string name, IEnumerable<CostShare> shares, TokenTotals whole) =>
        CostColumns.SharesTable(key, title, name, shares.Select(static share => ((string?)share.Name, share.Totals)), whole);

    private static Fact[] AvoidedFacts(CostSummary summary) => summary.AvoidedUsd == 0m ? [] : [new Fact("avoided_usd", "Avoided by cache hits", summary.AvoidedUsd, CellKind.Money)];

    private static Fact[] CorrectionFacts(CostSummary summary) => summary.Corrections == 0 ? [] :
    [
        new Fact("corrections", "Corrections", summary.Corrections, CellKind.Count),
        new Fact("corrections_usd", "Corrected by", summary.CorrectionsUsd, CellKind.Money),
    ];

    /// <summary>One line with counts.</summary>
    public static string Headline(CostSummary summary)
    {
        string hits = summary.CacheHits > 0 ? $", {MoneyText.Count(summary.CacheHits)} cache {(summary.CacheHits == 1 ? "hit" : "hits")}" : "";
        return $"{MoneyText.Count(summary.Totals.Calls)} {(summary.Totals.Calls == 1 ? "call" : "calls")}, {Unknowns.Qualifier(summary.Totals)}{MoneyText.Of(summary.Totals.CostUsd)}{hits}{SummaryCaveats.Describe(summary)}";
    }
}
