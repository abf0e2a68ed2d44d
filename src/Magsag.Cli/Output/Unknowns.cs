using Magsag.Gating;

namespace Magsag.Cli;

/// <summary>Says what a total leaves out, because unknown isn't zero.</summary>
internal static class Unknowns
{
    public static bool IsLowerBound(TokenTotals totals) => totals.UnmeteredCalls + totals.UnpricedCalls > 0;

    public static IReadOnlyList<string> NotesOf(TokenTotals totals, int tornLines = 0)
    {
        List<string> notes = [];
        if (totals.UnpricedCalls > 0)
        {
            notes.Add($"The cost is a lower bound: {MoneyText.Count(totals.UnpricedCalls)} {Calls(totals.UnpricedCalls)} to models without a known price.");
        }

        if (totals.UnmeteredCalls > 0)
        {
            notes.Add($"The cost is a lower bound: of {MoneyText.Count(totals.UnmeteredCalls)} {Calls(totals.UnmeteredCalls)} the provider reported no usage.");
        }

        if (tornLines > 0)
        {
            notes.Add($"{MoneyText.Count(tornLines)} torn {(tornLines == 1 ? "line was" : "lines were")} skipped: a process was stopped while it wrote.");
        }

        return notes;
    }

    private static string Calls(long count) => count == 1 ? "call" : "calls";
}
