namespace Magsag.Runtime.Budgets.Accounts;

/// <summary>One account that a claim is made on, and the most that may be on it.</summary>
/// <remarks>What is spent stands under the time when it was spent and is summed over the window: nothing is ever reset, so no reset can lose anything.</remarks>
/// <param name="Account">Names the account: subject, period and, for a limit per run, the run.</param>
/// <param name="Slot">The start of the slot that the claim is entered in.</param>
/// <param name="From">The window: slots that start at this instant or later count.</param>
/// <param name="To">The window's end: slots that start before it count.</param>
/// <param name="KeepUntil">When no window reaches the slot any more. A store keeps it for as long as that is away from the claim's time, by its own clock and counted from the last claim, whatever the callers' clocks do.</param>
internal sealed record BudgetLine(string Account, DateTimeOffset Slot, DateTimeOffset From, DateTimeOffset To, DateTimeOffset KeepUntil)
{
    /// <summary>The most US dollars; null for no limit.</summary>
    public decimal? MaxUsd { get; init; }

    /// <summary>The most calls; null for no limit.</summary>
    public long? MaxCalls { get; init; }

    /// <summary>The most tokens; null for no limit.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Whether an amount is within all limits of the account.</summary>
    public bool Allows(BudgetAmount total) => !(total.Usd > MaxUsd) && !(total.Calls > MaxCalls) && !(total.Tokens > MaxTokens);
}
