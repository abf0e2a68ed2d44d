using Magsag.Ledger.Figures;
using Magsag.Ledger.Records;

namespace Magsag.Ledger.Summaries;

/// <summary>A row of spend while it grows.</summary>
internal sealed class SpendRow(SpendKey key, CallAttribution call)
{
    public RunningTotals Totals { get; } = new();

    public static int Compare(SpendRow one, SpendRow other) => one.Key.CompareTo(other.Key);

    public SpendKey Key => key;

    public CallAttribution Call => call;

    public RunSpend ToSpend()
    {
        TokenTotals totals = Totals.ToTotals();

        // A correction can be added without its call; then it subtracts an unknown call that was never counted.
        long unknown = TokenSum.Of(Math.Max(0, totals.LowerBoundCalls), TokenSum.Of(Math.Max(0, totals.UnpricedCalls), Math.Max(0, totals.UnmeteredCalls)));
        return new RunSpend(Key.Start, Call, totals.Calls, totals.TotalTokens, totals.CostUsd, unknown) { EstimatedCalls = totals.EstimatedCalls };
    }
}
