namespace Magsag.Gating;

/// <summary>What a line of figures has to say about them: the same words in a verdict and in a summary.</summary>
internal static class SummaryCaveats
{
    /// <summary>The caveats of a summary, each with a comma before it; empty when there are none.</summary>
    public static string Of(CostSummary summary) =>
        TornOf(summary.TornLines)
        + (summary.Unknown.IsEmpty ? "" : $", {summary.Unknown}")
        + (summary.CallsAhead == 0 ? "" : $", {MoneyText.Count(summary.CallsAhead)} dated ahead of this machine's clock");

    private static string TornOf(int lines) => lines == 0 ? "" : $", {lines} torn {(lines == 1 ? "line" : "lines")} skipped";
}
