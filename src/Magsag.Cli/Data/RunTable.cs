using Magsag.Cli.Figures;

namespace Magsag.Cli.Data;

/// <summary>Runs as a table, the one with the newest call first.</summary>
internal static class RunTable
{
    private const string UnknownModel = "unknown";

    /// <summary>Reads runs from a store, with the cost of their calls that pass the filter.</summary>
    public static async Task<Table> ReadAsync(ICostStore store, RecordFilter filter, int limit, CancellationToken cancellationToken) => Table.From(
        "runs",
        "Runs",
        await store.FindRunsAsync(filter, limit, cancellationToken),
        [
            new("run_id", "Run", static run => run.RunId),
            new("last_call", "Last call", static run => run.LastCall, CellKind.Time),
            new("agents", "Agents", static run => NamesIn(run.Groups, static group => group.Key[0])),
            new("customers", "Customers", static run => NamesIn(run.Groups, static group => group.Key[1])),
            new("models", "Models", static run => NamesIn(run.Groups.Where(static group => group.Totals.Calls > 0), static group => group.Key[2] ?? UnknownModel)),
            new("calls", "Calls", static run => run.Groups.Total().Calls, CellKind.Count),
            new("failed_calls", "Failed", static run => run.Groups.Sum(static group => group.FailedCalls), CellKind.Count),
            new("total_tokens", "Tokens", static run => run.Groups.Total().TotalTokens, CellKind.Tokens),
            new("total_cost_usd", "Cost", static run => KnownCost.Cell(run.Groups.Total()), CellKind.Money),
        ]);

    // The most expensive one first: people see that name alone where there are several.
    private static NameList? NamesIn(IEnumerable<CostGroup> groups, Func<CostGroup, string?> name)
    {
        string[] names =
        [
            .. groups.GroupBy(name, StringComparer.Ordinal)
                .Where(static named => named.Key is not null)
                .OrderByDescending(static named => named.Sum(static group => group.Totals.CostUsd))
                .ThenBy(static named => named.Key, StringComparer.Ordinal)
                .Select(static named => named.Key!),
        ];
        return names.Length == 0 ? null : new NameList(names);
    }
}
