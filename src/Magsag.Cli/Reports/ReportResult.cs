using Magsag.Cli.Figures;

namespace Magsag.Cli.Reports;

/// <summary>What a report found: what is printed, and the figures that decide how the command ends.</summary>
/// <param name="Report">What is printed.</param>
/// <param name="Calls">The number of calls that it is about.</param>
internal sealed record ReportResult(Report Report, long Calls)
{
    /// <summary>The alert that the costs raise; null for none.</summary>
    public CostAlert? Alert { get; init; }

    /// <summary>A report with the notes that its total needs.</summary>
    public static ReportResult From(string? title, TokenTotals total, IReadOnlyList<Fact> facts, params IReadOnlyList<Table> tables) =>
        new(new Report { Title = title, Facts = facts, Tables = tables, Notes = Unknowns.Notes(total) }, total.Calls);
}
