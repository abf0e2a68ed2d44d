using CsCheck;

namespace Magsag.Runtime.Tests;

/// <summary>No scope lets a call past a limit: whatever a call is attributed to, all limits that hold for it are kept.</summary>
public sealed class EveryScopeTests
{
    private static readonly string?[] Names = [null, "a", "b"];

    private static readonly Gen<string?> GenName = Gen.Int[0, Names.Length - 1].Select(static index => Names[index]);

    private static readonly Gen<CallAttribution> GenCall = Gen.Select(GenName, GenName, GenName, GenName, GenName, GenName, static (run, agent, model, customer, tier, tag) => new CallAttribution
    {
        RunId = run,
        Agent = agent,
        Model = model,
        Customer = customer,
        BillingTier = tier,
        Tags = tag is null ? null : new Dictionary<string, string> { ["feature"] = tag },
    });

    private static readonly Gen<PolicyLimit> GenLimit =
        from subject in Gen.Enum<LimitSubject>()
        from period in Gen.OneOf(Gen.Const(LimitPeriod.Run), Gen.Const(LimitPeriod.Day), Gen.Const(LimitPeriod.Month))
        from measure in Gen.Enum<LimitMeasure>()
        from max in Gen.Int[0, 6]
        select new PolicyLimit($"{subject}.{period}.{measure}", subject, NameOf(subject), period, max) { Measure = measure };

    [Fact]
    public void A_call_is_granted_exactly_when_every_limit_of_whatever_scope_has_room_for_it() =>
        Gen.Select(GenLimit.Array[1, 8], Gen.Select(GenCall, Gen.Int[0, 3]).Array[1, 30]).Sample((generated, calls) =>
        {
            PolicyLimit[] limits = [.. generated.DistinctBy(static limit => limit.Rule)];
            var guard = new BudgetGuard(new CostPolicy { Limits = limits, Teams = [new("a", "a*")] }, new BudgetOptions { Time = new ManualTime("2026-11-24T12:00:00Z") });
            var spent = new Dictionary<(string Rule, string? Run), decimal>();
            foreach ((CallAttribution call, int size) in calls)
            {
                PolicyLimit[] holding = [.. limits.Where(limit => HoldsFor(limit, call))];
                bool fits = Array.TrueForAll(holding, limit => spent.GetValueOrDefault(AccountOf(limit, call)) + Part(size, limit.Measure) <= limit.Max);
                if (TrySpend(guard, call, size) != fits)
                {
                    return false;
                }

                foreach (PolicyLimit limit in fits ? holding : [])
                {
                    spent[AccountOf(limit, call)] = spent.GetValueOrDefault(AccountOf(limit, call)) + Part(size, limit.Measure);
                }
            }

            return true;
        }, iter: 2000);

    private static bool HoldsFor(PolicyLimit limit, CallAttribution call) => limit.Subject switch
    {
        LimitSubject.Everything => true,
        LimitSubject.Agent or LimitSubject.Team => call.Agent == "a",
        LimitSubject.Model => call.Model == "a",
        LimitSubject.Customer => call.Customer == "a",
        LimitSubject.BillingTier => call.BillingTier == "a",
        LimitSubject.Tag => call.Tags?["feature"] == "a",
        _ => throw new InvalidOperationException($"The test doesn't know whom a limit on {limit.Subject} holds for."),
    };

    private static (string Rule, string? Run) AccountOf(PolicyLimit limit, CallAttribution call) => (limit.Rule, limit.Period == LimitPeriod.Run ? call.RunId : null);

    private static bool TrySpend(BudgetGuard guard, CallAttribution call, int size)
    {
        var amount = new BudgetAmount(size, 1, size);
        try
        {
            guard.ReserveAsync(call, amount).AsTask().GetAwaiter().GetResult().SettleAsync(amount).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (BudgetExceededException)
        {
            return false;
        }
    }

    private static decimal Part(int size, LimitMeasure measure) => measure == LimitMeasure.Calls ? 1 : size;

    private static string? NameOf(LimitSubject subject) => subject switch
    {
        LimitSubject.Everything => null,
        LimitSubject.Tag => "feature=a",
        _ => "a",
    };
}
