using Magsag.Pricing.Costs;
using Magsag.Pricing.Listings;

namespace Magsag.Runtime.Budgets.Demands;

/// <summary>The most that a picture or a piece of speech is billed as.</summary>
internal static class MediaDemand
{
    /// <summary>A demand with what a transcription can take: the model's context window of sound, or the longest recording where the provider bills its length.</summary>
    /// <exception cref="BudgetExceededException">Neither the catalogue nor the options say.</exception>
    public static CallDemand OfTranscription(CallDemand demand, BudgetOptions budget)
    {
        if (demand.Price?.RatesFor(new PriceTerms(budget.Time.GetUtcNow()))?[RateUnit.AudioHour] is not null)
        {
            TimeSpan longest = budget.LongestRecording
                ?? throw new BudgetExceededException($"The call to '{demand.Model}' is billed by the length of its recording, which nobody here knows, so its worst case isn't known. Set LongestRecording.");
            return demand with { AudioSeconds = (decimal)longest.TotalSeconds, HasMedia = true };
        }

        return demand with
        {
            InputTokens = PromptDemand.Window(demand.Price, demand.Model, "transcribes a recording"),
            OutputTokens = OutputTokens(demand, budget),
            HasMedia = true,
        };
    }

    /// <summary>The most output tokens of one picture, or of one piece of speech.</summary>
    /// <exception cref="BudgetExceededException">Neither the catalogue nor the options say.</exception>
    public static long OutputTokens(CallDemand demand, BudgetOptions budget) => demand.Price?.MaxOutputTokens is { } most and > 0
        ? most
        : budget.MaxMediaTokens ?? throw new BudgetExceededException($"The call to '{demand.Model ?? "an unknown model"}' makes pictures or speech, and neither the catalogue nor MaxMediaTokens says what one of them is billed as at most, so its worst case isn't known. Set MaxMediaTokens.");
}
