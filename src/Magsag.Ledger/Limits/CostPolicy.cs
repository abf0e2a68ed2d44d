using System.Collections.Concurrent;
using Magsag.Ledger.Records;
using Magsag.Pricing.Permissions;

namespace Magsag.Ledger.Limits;

/// <summary>A team's limits, alerts and rules about models. The gate and the budgets at run time go by the same one.</summary>
/// <remarks>Thread-safe once made.</remarks>
public sealed class CostPolicy
{
    private readonly ConcurrentDictionary<(string Model, string? Agent), ModelVerdict> _verdicts = new();
    private LimitResolver? _resolver;

    /// <summary>The file that the policy was read from; empty for a policy made in code.</summary>
    public string Path { get; init; } = "";

    /// <summary>The time zone of days and months.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The limits, in the order of the file.</summary>
    public IReadOnlyList<PolicyLimit> Limits { get; init; } = [];

    /// <summary>Which agents (the values) belong to which team (the keys); <c>*</c> stands for anything in an agent's name. The first that matches counts.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Teams { get; init; } = [];

    /// <summary>The rules about models, in the order of the file.</summary>
    public IReadOnlyList<ModelRule> ModelRules { get; init; } = [];

    /// <summary>By how much costs may rise, where that differs from the gate's own threshold.</summary>
    public IReadOnlyList<RegressionThreshold> RegressionThresholds { get; init; } = [];

    /// <summary>True when the policy states nothing that could be exceeded or broken.</summary>
    internal bool IsEmpty => Limits.Count == 0 && ModelRules.Count == 0 && RegressionThresholds.Count == 0;

    /// <summary>The limits that hold for a call: of each subject the most specific ones. A call without an agent, customer … is held to what <c>default</c> and <c>*</c> say.</summary>
    internal IReadOnlyList<AppliedLimit> LimitsFor(CallAttribution call) =>
        (_resolver ??= new LimitResolver(Limits, Teams)).LimitsFor(call ?? throw new ArgumentNullException(nameof(call)));

    /// <summary>What the policy says about a model.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="agent">The agent that wants to use it; null for none.</param>
    public ModelVerdict PermissionOf(string model, string? agent = null) =>
        ModelRules.Count == 0
            ? ModelVerdict.Granted
            : _verdicts.GetOrAdd((model ?? throw new ArgumentNullException(nameof(model)), agent), key => Pricing.Permissions.ModelRules.Judge(ModelRules, key.Model, key.Agent));
}
