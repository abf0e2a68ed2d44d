using Magsag.Gating.Prices;

namespace Magsag.Cli;

/// <summary>What another price list changes, as a report.</summary>
internal static class PriceChanges
{
    public static Report ReportOf(string title, IReadOnlyList<PriceChange> changes) => new()
    {
        Title = title,
        Facts =
        [
            .. changes.GroupBy(static change => change.Kind).OrderBy(static group => group.Key)
                .Select(static group => new Fact(group.Key.ToString().ToLowerInvariant() + "_count", group.Key.ToString(), (long)group.Count(), CellKind.Count)),
        ],
        Tables =
        [
            new Table(
                "changes",
                "Changes",
                [
                    new Column("kind", "Change"),
                    new Column("provider", "Provider"),
                    new Column("model", "Model"),
                    new Column("input_usd_per_mtok_before", "Input per 1M before", CellKind.Price),
                    new Column("input_usd_per_mtok_after", "Input per 1M after", CellKind.Price),
                    new Column("output_usd_per_mtok_before", "Output per 1M before", CellKind.Price),
                    new Column("output_usd_per_mtok_after", "Output per 1M after", CellKind.Price),
                    new Column("detail", "Detail"),
                ],
                [.. changes.Select(static change => (IReadOnlyList<object?>)[change.Kind.ToString().ToLowerInvariant(), change.Provider, change.Model, change.InputBefore, change.InputAfter, change.OutputBefore, change.OutputAfter, DetailOf(change)])]),
        ],
    };

    private static string? DetailOf(PriceChange change) => change.Kind == PriceChangeKind.Refused ? $"{change.Detail} (line {change.Line})" : change.Detail;
}
