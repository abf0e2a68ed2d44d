namespace Magsag.Runtime;

/// <summary>What is to be approved.</summary>
public sealed class ApprovalRequest
{
    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>The run that wants to use it.</summary>
    public required string RunId { get; init; }

    /// <summary>The agent that wants to use it; null for none.</summary>
    public string? Agent { get; init; }

    /// <summary>The rule of the policy that asks for the approval.</summary>
    public required string Rule { get; init; }

    /// <summary>The worst case of the first call in US dollars, 0 or more; null when it isn't known.</summary>
    public decimal? WorstCaseUsd { get; init; }
}
