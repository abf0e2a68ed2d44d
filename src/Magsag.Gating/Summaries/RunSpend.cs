namespace Magsag.Gating;

/// <summary>What one run spent on one day with one agent and one model: what limits per run, day and month are judged on.</summary>
/// <param name="RunId">The run, or null when the calls belong to none.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Model">The model as billed.</param>
/// <param name="Day">The day in UTC.</param>
/// <param name="Calls">How many calls.</param>
/// <param name="CostUsd">Their known cost in US dollars.</param>
public sealed record RunSpend(string? RunId, string? Agent, string? Model, DateTime Day, long Calls, decimal CostUsd);
