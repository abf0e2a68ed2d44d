namespace Magsag.Gating;

/// <summary>The limits and alerts of a policy file.</summary>
public sealed record CostPolicy
{
    /// <summary>The file that the policy was read from.</summary>
    public required string Path { get; init; }

    /// <summary>The limits, in the order of the file.</summary>
    public IReadOnlyList<PolicyLimit> Limits { get; init; } = [];

    /// <summary>Judges the recorded spend: a limit exceeded is an error (MAG202), an alert passed a warning (MAG207).</summary>
    public IEnumerable<Finding> Judge(CostSummary summary) => Limits.SelectMany(limit => limit.Judge(summary, Path));
}
