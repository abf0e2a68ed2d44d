using Magsag.Cli.Figures;

namespace Magsag.Cli.Stores;

/// <summary>What a command found in a store.</summary>
/// <param name="Report">What is printed.</param>
/// <param name="IsEmpty">True when no call passed the filter.</param>
internal sealed record StoreResult(Report Report, bool IsEmpty)
{
    /// <summary>What is left to do when the report is printed, with the exit code; null for nothing.</summary>
    public Func<Terminal, CancellationToken, Task<int>>? FinishAsync { get; init; }

    /// <summary>A report with the notes that its total needs.</summary>
    public static StoreResult From(string? title, TokenTotals total, IReadOnlyList<Fact> facts, params IReadOnlyList<Table> tables) =>
        new(new Report { Title = title, Facts = facts, Tables = tables, Notes = Unknowns.Notes(total) }, total.Calls == 0);

    /// <summary>A table and nothing else.</summary>
    public static StoreResult List(Table table) => new(Report.List(table), table.Rows.Count == 0);
}
