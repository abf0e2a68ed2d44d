namespace Magsag.Cli.Prices;

/// <summary>What another price list changes, as a report.</summary>
internal static class PriceChanges
{
    public static Report CreateReport(string title, IReadOnlyList<PriceChange> changes, IReadOnlyList<RefusedFigure> refused, int figures = 0) => new()
    {
        Title = title,
        Facts =
        [
            .. changes.GroupBy(static change => change.Kind).OrderBy(static group => group.Key)
                .Select(static group => new Fact(group.Key.ToString().ToLowerInvariant() + "_count", group.Key.ToString(), (long)group.Count(), CellKind.Count)),
            .. figures == 0 ? (Fact[])[] : [new Fact("figure_count", "Figures in the list", (long)figures, CellKind.Count)],
            .. refused.Count == 0 ? (Fact[])[] : [new Fact("refused_figure_count", "Figures that the catalogue can't hold", (long)refused.Count, CellKind.Count)],
        ],
        Tables = [ChangesTable(changes), .. refused.Count == 0 ? (Table[])[] : [RefusedTable(refused)]],
    };

    // By provider, the largest changes first.
    private static Table ChangesTable(IReadOnlyList<PriceChange> changes) => Table.From(
        "changes",
        "Changes",
        [.. changes.OrderBy(static change => change.Provider, StringComparer.Ordinal).ThenByDescending(static change => change.Size).ThenBy(static change => change.Kind).ThenBy(static change => change.Model, StringComparer.Ordinal)],
        [
            new("provider", "Provider", static change => change.Provider),
            new("kind", "Change", static change => change.Kind.ToString().ToLowerInvariant()),
            new("model", "Model", static change => change.Model),
            new("input_usd_per_mtok_before", "In before", static change => change.InputBefore, CellKind.Price, ForProgramsOnly: true),
            new("input_usd_per_mtok_after", "In after", static change => change.InputAfter, CellKind.Price, ForProgramsOnly: true),
            new("output_usd_per_mtok_before", "Out before", static change => change.OutputBefore, CellKind.Price, ForProgramsOnly: true),
            new("output_usd_per_mtok_after", "Out after", static change => change.OutputAfter, CellKind.Price, ForProgramsOnly: true),
            new("detail", "Detail", static change => DetailOf(change), ForProgramsOnly: true),
            new("summary", "What changes", static change => Summary(change)),
        ]);

    private static string? DetailOf(PriceChange change) => change.Kind == PriceChangeKind.Refused ? $"{change.Detail} (line {change.Line})" : change.Detail;

    // In one cell, so that a row fits a terminal: the prices of input and output, else the first that changes.
    private static string? Summary(PriceChange change)
    {
        string[] moves =
        [
            .. new[] { Move("in", change.InputBefore, change.InputAfter), Move("out", change.OutputBefore, change.OutputAfter) }.Where(static move => move is not null).Select(static move => move!),
        ];
        string[] details = change.Detail?.Split("; ") ?? [];
        return change.Kind is PriceChangeKind.Refused or PriceChangeKind.Retired ? DetailOf(change)
            : moves.Length > 0 ? string.Join(", ", moves)
            : details.Length > 1 ? $"{details[0]} and {details.Length - 1} more" : change.Detail;
    }

    private static string? Move(string name, decimal? before, decimal? after) => after is not { } now || now == before ? null
        : before is { } old ? $"{name} {CatalogSyntax.Print(old)} to {CatalogSyntax.Print(now)}"
        : $"{name} {CatalogSyntax.Print(now)}";

    private static Table RefusedTable(IReadOnlyList<RefusedFigure> refused) => Table.From(
        "refused_figures",
        "Figures that the catalogue can't hold",
        [.. refused.GroupBy(static figure => figure.Reason).OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal)],
        [
            new("count", "Figures", static group => (long)group.Count(), CellKind.Count),
            new("reason", "Reason", static group => group.Key),
            new("models", "Models", static group => string.Join(", ", group.Select(static figure => $"{figure.Provider}/{figure.Model} {figure.Figure}"))),
        ]);
}
