namespace Magsag.Cli.Prices;

/// <summary>What another price list changes, as a report.</summary>
internal static class PriceChanges
{
    public static Report CreateReport(string title, IReadOnlyList<PriceChange> changes) => new()
    {
        Title = title,
        Facts =
        [
            .. changes.GroupBy(static change => change.Kind).OrderBy(static group => group.Key)
                .Select(static group => new Fact(group.Key.ToString().ToLowerInvariant() + "_count", group.Key.ToString(), (long)group.Count(), CellKind.Count)),
        ],
        Tables =
        [
            Table.From(
                "changes",
                "Changes",
                changes,
                [
                    new("kind", "Change", static change => change.Kind.ToString().ToLowerInvariant()),
                    new("provider", "Provider", static change => change.Provider),
                    new("model", "Model", static change => change.Model),
                    new("input_usd_per_mtok_before", "Input per 1M before", static change => change.InputBefore, CellKind.Price),
                    new("input_usd_per_mtok_after", "Input per 1M after", static change => change.InputAfter, CellKind.Price),
                    new("output_usd_per_mtok_before", "Output per 1M before", static change => change.OutputBefore, CellKind.Price),
                    new("output_usd_per_mtok_after", "Output per 1M after", static change => change.OutputAfter, CellKind.Price),
                    new("detail", "Detail", static change => change.Kind == PriceChangeKind.Refused ? $"{change.Detail} (line {change.Line})" : change.Detail),
                ]),
        ],
    };
}
