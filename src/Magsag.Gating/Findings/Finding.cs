namespace Magsag.Gating.Findings;

/// <summary>One thing that the gate found.</summary>
/// <param name="Code">Its code, one of <see cref="GateCode"/>.</param>
/// <param name="Severity">How much it weighs.</param>
/// <param name="Text">What was found, with numbers, and what can be done.</param>
internal sealed record Finding(string Code, FindingSeverity Severity, string Text)
{
    /// <summary>The file it points at: a source file below the source root, or a full path; null when there is none.</summary>
    public string? File { get; init; }

    /// <summary>The line, counted from 1; 0 when the whole file is meant.</summary>
    public int Line { get; init; }

    /// <summary>The column, counted from 1; 0 when the whole line is meant.</summary>
    public int Column { get; init; }

    /// <summary>The rule of the policy that it is about: <c>agent_budget_limits.max_cost_per_run_usd</c>; null when it is about none.</summary>
    public string? Rule { get; init; }

    /// <summary>What kind of thing it is about: <c>total</c>, <c>test</c>, <c>agent</c>, <c>site</c>, <c>run</c>, <c>model</c>; null when nothing was compared.</summary>
    public string? Scope { get; init; }

    /// <summary>The name of the test, agent, call site …</summary>
    public string? Name { get; init; }

    /// <summary>The baseline's cost (or the limit) in US dollars.</summary>
    public decimal? ExpectedUsd { get; init; }

    /// <summary>The cost that was found, in US dollars.</summary>
    public decimal? ActualUsd { get; init; }

    /// <summary>The file it points at, as a full path where it exists: a call site is recorded below the source root, and an editor can only open a full path.</summary>
    /// <param name="sourceRoot">The directory that recorded call sites are relative to.</param>
    /// <returns>Null when it points at no file.</returns>
    public string? FileBelow(string sourceRoot)
    {
        if (File is not { } path || path.IndexOf('\0') >= 0 || Path.IsPathRooted(path))
        {
            return File;
        }

        string full = Path.GetFullPath(Path.Combine(sourceRoot, path));
        return System.IO.File.Exists(full) ? full : path;
    }
}
