using Magsag.Gating.Findings;
using Magsag.Gating.Verdicts;

namespace Magsag.Cli.Flow.Verdicts;

/// <summary>What the gate's codes mean, for formats that describe their rules.</summary>
/// <param name="Code">The code.</param>
/// <param name="Name">A name in PascalCase.</param>
/// <param name="Description">What it says.</param>
/// <param name="Level">How much it weighs by default: <c>error</c>, <c>warning</c> or <c>note</c>.</param>
internal sealed record GateRule(string Code, string Name, string Description, string Level)
{
    public static IReadOnlyList<GateRule> All { get; } =
    [
        new(GateCode.TotalRose, "TotalCostRose", "The total cost rose by more than the threshold.", "error"),
        new(GateCode.ScopeRose, "CostRose", "The cost of one call site, test or agent rose by more than the threshold.", "error"),
        new(GateCode.PolicyExceeded, "PolicyLimitExceeded", "A limit of the policy is exceeded.", "error"),
        new(GateCode.NoBaseline, "NoBaseline", "There is no baseline yet.", "warning"),
        new(GateCode.NothingRecorded, "NothingRecorded", "Nothing was recorded though the baseline expects calls.", "error"),
        new(GateCode.Unreadable, "Unreadable", "A summary, baseline, ledger, policy or setting can't be read.", "error"),
        new(GateCode.OtherBinaries, "OtherBinaries", "The recorded costs belong to other binaries than the ones just built.", "note"),
        new(GateCode.AlertPassed, "AlertPassed", "An alert threshold is passed.", "warning"),
        new(GateCode.CostUnknown, "CostUnknown", "Calls were made whose cost nobody knows.", "error"),
        new(GateCode.ModeNotGated, "ModeNotGated", "The gate can't run after the tests in this mode.", "warning"),
        new(GateCode.EmptyPolicy, "EmptyPolicy", "The policy has neither a limit nor a rule.", "note"),
        new(GateCode.AnnouncedPrices, "AnnouncedPrices", "Prices are announced by which the recorded calls would cost something else.", "note"),
        new(GateCode.NothingRecords, "NothingRecords", "No call was recorded, and nothing in the code records one, though it uses an SDK.", "warning"),
    ];

    public string HelpAddress => $"https://github.com/magsag/magsag/blob/main/docs/gate.md#{Code.ToLowerInvariant()}";
}
