namespace Magsag.Runtime;

/// <summary>The most that a picture or a piece of speech is billed as.</summary>
internal static class MediaDemand
{
    /// <summary>The most output tokens of one picture, or of one piece of speech.</summary>
    /// <exception cref="BudgetExceededException">Nobody says.</exception>
    public static long OutputTokens(CallDemand demand, BudgetOptions budget) => demand.Price?.MaxOutputTokens is { } most and > 0
        ? most
        : budget.MaxMediaTokens ?? throw new BudgetExceededException($"The call to '{demand.Model ?? "an unknown model"}' makes pictures or speech, and neither the catalogue nor MaxMediaTokens says what one of them is billed as at most, so its worst case isn't known. Set MaxMediaTokens.");
}
