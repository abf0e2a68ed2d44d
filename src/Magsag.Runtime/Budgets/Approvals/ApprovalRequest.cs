namespace Magsag.Runtime;

/// <summary>What is to be approved.</summary>
/// <param name="Model">The model.</param>
/// <param name="RunId">The run that wants to use it.</param>
/// <param name="Agent">The agent that wants to use it; null for none.</param>
/// <param name="Rule">The rule of the policy that asks for the approval.</param>
/// <param name="WorstCaseUsd">The worst case of the first call in US dollars; null when it isn't known.</param>
public sealed record ApprovalRequest(string Model, string RunId, string? Agent, string Rule, decimal? WorstCaseUsd);
