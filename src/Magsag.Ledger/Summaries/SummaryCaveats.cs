using Magsag.Ledger.Figures;

namespace Magsag.Ledger.Summaries;

/// <summary>What a line of figures has to say about them: the same words in a verdict and in a summary.</summary>
internal static class SummaryCaveats
{
    /// <summary>The caveats of a summary, each with a comma before it; empty when there are none.</summary>
    public static string Describe(CostSummary summary)
    {
        string torn = summary.TornLines == 0 ? "" : $", {summary.TornLines} torn {(summary.TornLines == 1 ? "line" : "lines")} skipped";
        string doubtful = DoubtfulLinesOf(summary);
        return doubtful.Length == 0 ? torn : $"{torn}, {doubtful}";
    }

    /// <summary>Lines of the ledgers that weren't understood as a whole or can't be right; empty when there are none.</summary>
    public static string DoubtfulLinesOf(CostSummary summary)
    {
        string unknown = summary.Unknown.ToString();
        string ahead = summary.CallsAhead == 0 ? "" : $"{MoneyText.Count(summary.CallsAhead)} {(summary.CallsAhead == 1 ? "call" : "calls")} dated ahead of this machine's clock";
        return unknown.Length == 0 || ahead.Length == 0 ? unknown + ahead : $"{unknown}, {ahead}";
    }
}
