using Magsag.Gating.Findings;

namespace Magsag.Gating.Verdicts;

/// <summary>How a gate judges.</summary>
internal sealed record GateSettings
{
    /// <summary>By how many percent a cost may rise.</summary>
    public decimal MaxIncreasePercent { get; init; } = 20m;

    /// <summary>Rises of no more than this many US dollars are never reported.</summary>
    public decimal MinIncreaseUsd { get; init; }

    /// <summary>The baseline file, for messages that point at it.</summary>
    public string? BaselinePath { get; init; }

    /// <summary>The baseline file as messages name it; its path when null.</summary>
    internal string? BaselineName { get; init; }

    /// <summary>Projects that recorded calls and have no baseline beside those of others: their calls look new.</summary>
    internal IReadOnlyList<string> ProjectsWithoutBaseline { get; init; } = [];

    /// <summary>True when only some of the tests ran: only they are compared.</summary>
    public bool PartialRun { get; init; }

    /// <summary>The filter that chose the tests, as <c>dotnet test --filter</c> takes it; null when there was none or it isn't known.</summary>
    public string? TestFilter { get; init; }

    /// <summary>The tests that ran, by class and method; null when they aren't known.</summary>
    public IReadOnlyCollection<string>? TestsThatRan { get; init; }

    /// <summary>How much a missing baseline weighs; null says nothing about it.</summary>
    public FindingSeverity? MissingBaseline { get; init; } = FindingSeverity.Warning;

    /// <summary>How much it weighs that nothing in code with an SDK records its calls; null says nothing about it.</summary>
    public FindingSeverity? MissingRecording { get; init; } = FindingSeverity.Warning;

    /// <summary>The command that makes or updates the baseline.</summary>
    public string UpdateCommand { get; init; } = "dotnet test -p:MagsagUpdateBaseline=true";
}
