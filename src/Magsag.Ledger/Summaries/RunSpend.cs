using Magsag.Ledger.Records;

namespace Magsag.Ledger.Summaries;

/// <summary>What one run spent within a quarter of an hour for one combination of agent, model, customer, billing tier and tags: what policies judge.</summary>
/// <remarks>Days and months of every time zone in use begin with a quarter of an hour of UTC, so the rows add up to them exactly.</remarks>
/// <param name="Start">When the quarter of an hour begins, in UTC.</param>
/// <param name="Call">Whom the calls are attributed to.</param>
/// <param name="Calls">How many calls.</param>
/// <param name="Tokens">Their tokens, input and output together.</param>
/// <param name="CostUsd">Their known cost in US dollars.</param>
/// <param name="CallsOfUnknownCost">How many of the calls have an unknown cost: <paramref name="CostUsd"/> is a lower bound then.</param>
internal sealed record RunSpend(DateTimeOffset Start, CallAttribution Call, long Calls, long Tokens, decimal CostUsd, long CallsOfUnknownCost)
{
    /// <summary>How many of the calls have a counted usage: <see cref="CostUsd"/> is an estimate then.</summary>
    public long EstimatedCalls { get; init; }

    /// <summary>The run, or null when the calls belong to none.</summary>
    public string? RunId => Call.RunId;

    /// <summary>The agent.</summary>
    public string? Agent => Call.Agent;

    /// <summary>The model as billed.</summary>
    public string? Model => Call.Model;

    /// <summary>The day in UTC.</summary>
    public DateTime Day => Start.UtcDateTime.Date;

    /// <summary>The length of the stretches of time that spend is added up in.</summary>
    public static TimeSpan Slot { get; } = TimeSpan.FromMinutes(15);

    /// <summary>When the slot begins that an instant lies in.</summary>
    internal static DateTimeOffset SlotOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Slot.Ticks), TimeSpan.Zero);
}
