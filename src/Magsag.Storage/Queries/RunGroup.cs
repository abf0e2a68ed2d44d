namespace Magsag.Storage.Queries;

/// <summary>The runs of one day, agent and customer, or of some of these.</summary>
/// <param name="Day">The day of their first calls, in UTC; null when they aren't grouped by it.</param>
/// <param name="Agent">The agent of their first calls; null as well when they aren't grouped by it.</param>
/// <param name="Customer">The customer of their first calls; null as well when they aren't grouped by it.</param>
/// <param name="Runs">How many.</param>
/// <param name="SuccessfulTasks">How many of them had their last call answered.</param>
internal sealed record RunGroup(DateOnly? Day, string? Agent, string? Customer, long Runs, long SuccessfulTasks);
