namespace Magsag.EndToEnd.Tests;

/// <summary>What a run of the action answered.</summary>
/// <param name="ExitCode">The exit code of the last script that ran.</param>
/// <param name="Printed">All that the scripts printed.</param>
/// <param name="Summary">The step summary.</param>
/// <param name="Outputs">The action's outputs.</param>
internal sealed record ActionRun(int ExitCode, string Printed, string Summary, IReadOnlyDictionary<string, string> Outputs)
{
    /// <summary>The figures that other steps go by.</summary>
    public (string Passed, string CostUsd, string ChangePercent) Figures => (Outputs["passed"], Outputs["cost-usd"], Outputs["change-percent"]);

    public override string ToString() => $"exit code {ExitCode}\n{Printed}\n{Summary}";
}
