using System.Collections.Concurrent;
using Magsag.Ledger.Figures;
using Magsag.Ledger.Limits;
using Magsag.Ledger.Records;
using Magsag.Pricing.Permissions;

namespace Magsag.Runtime;

/// <summary>Keeps spend within the limits of a policy: reserves a call's worst case before it is made, and settles what it really took.</summary>
/// <remarks>Thread-safe. Guards with the same store share their budgets, in one process or in many.</remarks>
public sealed class BudgetGuard
{
    private const int MostRemembered = 10_000;

    private readonly ConcurrentDictionary<CallAttribution, BudgetRule[]> _rules = new(RunlessAttribution.Comparer);
    private readonly ApprovalCache _approvals;

    /// <summary>Guards the limits of a policy.</summary>
    /// <param name="policy">The policy. Its alerts are reported by the gate, and by <see cref="CostMonitor.For"/> while a run spends.</param>
    /// <param name="options">Where budgets are kept and what happens when one has no room.</param>
    public BudgetGuard(CostPolicy policy, BudgetOptions? options = null)
    {
        Policy = policy ?? throw new ArgumentNullException(nameof(policy));
        Options = (options ?? new BudgetOptions()).Validate();
        Store = Options.Store ?? new InMemoryBudgetStore();
        _approvals = new ApprovalCache(Options.Approval);
    }

    /// <summary>The policy.</summary>
    public CostPolicy Policy { get; }

    internal BudgetOptions Options { get; }

    internal BudgetStore Store { get; }

    /// <summary>Reserves the worst case of a call on every account that a limit of the policy holds for.</summary>
    /// <param name="call">Whom the call is attributed to. Without a run, all such calls of the process share one.</param>
    /// <param name="worstCase">The most that the call can take.</param>
    /// <param name="cancellationToken">Cancels the wait for the store.</param>
    /// <exception cref="BudgetExceededException">A limit has no room for it; nothing is reserved.</exception>
    internal async ValueTask<BudgetReservation> ReserveAsync(CallAttribution call, BudgetAmount worstCase, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        worstCase.ThrowIfNegative(nameof(worstCase));
        BudgetRule[] rules = RulesFor(call);
        DateTimeOffset now = Options.Time.GetUtcNow();
        BudgetClaim claim = ClaimOf(rules, call, RecordId.New(now), now, worstCase);
        BudgetDecision decision = rules.Length == 0 ? BudgetDecision.Granted : await Store.TryReserveAsync(claim, cancellationToken).ConfigureAwait(false);
        return decision.IsGranted
            ? new BudgetReservation(Store, claim)
            : throw Exceeded(rules, claim, decision);
    }

    /// <summary>Enters spend that a ledger has already: what was spent before this process began, or a correction. A record that was entered before changes nothing.</summary>
    /// <remarks>Records of unknown cost count as calls and tokens only.</remarks>
    /// <param name="record">The record, of a call or of a correction.</param>
    /// <param name="cancellationToken">Cancels the wait for the store.</param>
    /// <exception cref="ArgumentNullException">There is no record.</exception>
    public ValueTask RecordAsync(LedgerRecord record, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Outcome == CallOutcome.CacheHit)
        {
            return ValueTask.CompletedTask;
        }

        CallAttribution call = CallAttribution.From(record.Fields);
        var spent = record.Correction is null
            ? new BudgetAmount(record.CostUsd ?? 0m, 1, (record.InputTokens ?? 0) + (record.OutputTokens ?? 0))
            : new BudgetAmount(record.CostUsd ?? 0m, 0, 0);
        return Store.RecordAsync(ClaimOf(RulesFor(call), call, record.Id, record.Timestamp, spent), cancellationToken);
    }

    /// <summary>Whether a request that is sent now would be entered where a reservation was: in the same windows of the same accounts.</summary>
    internal bool IsCurrent(CallAttribution call, BudgetReservation reservation)
    {
        DateTimeOffset now = Options.Time.GetUtcNow();
        BudgetClaim claim = reservation.Claim;
        return now < claim.Expires && ClaimOf(RulesFor(call), call, claim.Id, now, claim.Amount).Lines.Select(static line => (line.Account, line.Slot)).SequenceEqual(claim.Lines.Select(static line => (line.Account, line.Slot)));
    }

    /// <summary>Whether the policy limits dollars for a call.</summary>
    internal bool CountsDollars(CallAttribution call) => Array.Exists(RulesFor(call), static rule => rule.CountsDollars);

    internal async ValueTask RequirePermissionAsync(CallAttribution call, decimal? worstCaseUsd, CancellationToken cancellationToken)
    {
        if (call.Model is not { } model || Policy.PermissionOf(model, call.Agent) is not { Permission: not ModelPermission.Granted } verdict)
        {
            return;
        }

        if (verdict.Permission == ModelPermission.NeedsApproval
            && await _approvals.IsApprovedAsync(new ApprovalRequest { Model = model, RunId = RunOf(call), Agent = call.Agent, Rule = verdict.Rule!.Rule, WorstCaseUsd = worstCaseUsd }, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        throw new ModelRefusedException(model, verdict);
    }

    private static string RunOf(CallAttribution call) => call.RunId ?? CostRecorder.ProcessRunId;

    private BudgetClaim ClaimOf(BudgetRule[] rules, CallAttribution call, Guid id, DateTimeOffset now, BudgetAmount amount)
    {
        var lines = new BudgetLine[rules.Length];
        for (int index = 0; index < lines.Length; index++)
        {
            lines[index] = rules[index].LineAt(now, RunOf(call));
        }

        return new BudgetClaim(id, now, now + Options.Lease, amount, lines);
    }

    private BudgetRule[] RulesFor(CallAttribution call)
    {
        if (_rules.TryGetValue(call, out BudgetRule[]? known))
        {
            return known;
        }

        if (_rules.Count > MostRemembered)
        {
            _rules.Clear();
        }

        BudgetRule[] rules =
        [
            .. Policy.LimitsFor(call)
                .Where(static applied => !applied.Limit.IsAlert)
                .GroupBy(static applied => (applied.Account, applied.Limit.Period, applied.Limit.Window))
                .Select(group => new BudgetRule([.. group], Policy.TimeZone)),
        ];
        return _rules[call] = rules;
    }

    private static BudgetExceededException Exceeded(BudgetRule[] rules, BudgetClaim claim, BudgetDecision decision)
    {
        int index = claim.Lines.TakeWhile(line => !line.Equals(decision.Refusing)).Count();
        BudgetAmount total = decision.Spent + decision.Reserved + claim.Amount;
        AppliedLimit refusing = rules[index].Limits.First(applied => Part(total, applied.Limit.Measure) > applied.Limit.Max);
        LimitMeasure measure = refusing.Limit.Measure;
        DateTimeOffset? resetsAt = rules[index].ResetOf(claim.Lines[index]);
        decimal spent = Part(decision.Spent, measure);
        decimal reserved = Part(decision.Reserved, measure);
        decimal asked = Part(claim.Amount, measure);
        string reset = resetsAt is { } at ? $" It resets at {at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture)} UTC." : " A limit per run doesn't reset.";
        return new BudgetExceededException($"{refusing.Limit.Rule}: {refusing.Who} may take {Text(refusing.Limit.Max!.Value, measure)}; {Text(spent, measure)} are spent and {Text(reserved, measure)} reserved, and this call asks for up to {Text(asked, measure)}.{reset}")
        {
            Rule = refusing.Limit.Rule,
            Measure = measure,
            Limit = refusing.Limit.Max,
            Spent = spent,
            Reserved = reserved,
            Asked = asked,
            ResetsAt = resetsAt,
        };
    }

    private static decimal Part(BudgetAmount amount, LimitMeasure measure) => measure switch
    {
        LimitMeasure.UsDollars => amount.Usd,
        LimitMeasure.Calls => amount.Calls,
        _ => amount.Tokens,
    };

    private static string Text(decimal amount, LimitMeasure measure) =>
        measure == LimitMeasure.UsDollars ? MoneyText.Of(amount) : $"{MoneyText.Count((long)amount)} {measure.ToString().ToLowerInvariant()}";
}
