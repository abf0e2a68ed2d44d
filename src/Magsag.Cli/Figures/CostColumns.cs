namespace Magsag.Cli.Figures;

/// <summary>The columns that tables of costs are made of.</summary>
internal static class CostColumns
{
    public static TableColumn<CostRow> Runs { get; } = new("runs", "Runs", static row => row.Runs, CellKind.Count);

    public static TableColumn<CostRow> Calls { get; } = new("calls", "Calls", static row => row.Totals.Calls, CellKind.Count);

    public static TableColumn<CostRow> TotalTokens { get; } = new("total_tokens", "Tokens", static row => row.Totals.TotalTokens, CellKind.Tokens);

    public static TableColumn<CostRow> InputTokens { get; } = new("input_tokens", "Input tokens", static row => row.Totals.InputTokens, CellKind.Tokens);

    public static TableColumn<CostRow> OutputTokens { get; } = new("output_tokens", "Output tokens", static row => row.Totals.OutputTokens, CellKind.Tokens);

    public static TableColumn<CostRow> Cost { get; } = new("cost_usd", "Cost", static row => KnownCost.Cell(row.Totals), CellKind.Money);

    /// <summary>The part of the whole cost; empty where nothing is known of it.</summary>
    public static TableColumn<CostRow> Share { get; } = new("share", "Share", static row => KnownCost.Usd(row.Totals) is { } usd ? Quotient.Share(usd, row.Whole.CostUsd) : null, CellKind.Share);

    public static TableColumn<CostRow> CostPerRun { get; } = new("cost_per_run_usd", "Per run", static row => KnownCost.Per(row.Totals, row.Runs), CellKind.Money);

    /// <summary>One part of the rows' keys, with a title of its own or its name as title.</summary>
    public static TableColumn<CostRow> Key(int index, string key, string? title = null) => new(key, title ?? char.ToUpperInvariant(key[0]) + key[1..], row => row.Key[index]);

    /// <summary>What each of several models, agents, customers … cost, and its share of the whole.</summary>
    public static Table SharesTable(string key, string title, string name, IEnumerable<(string? Name, TokenTotals Totals)> parts, TokenTotals whole) =>
        Table.From(key, title, CostRow.From(parts, whole), [Key(0, name), Calls, InputTokens, OutputTokens, Cost, Share]);
}
