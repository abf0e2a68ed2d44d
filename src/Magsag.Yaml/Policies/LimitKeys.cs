using Magsag.Ledger.Limits;

namespace Magsag.Yaml.Policies;

/// <summary>The keys that state a limit, and what they mean.</summary>
internal static class LimitKeys
{
    private static readonly (string Word, LimitPeriod Period)[] Periods = [("run", LimitPeriod.Run), ("day", LimitPeriod.Day), ("month", LimitPeriod.Month)];

    /// <summary>The keys of an agent, a model …</summary>
    public static IReadOnlyDictionary<string, LimitKey> OfSubjects { get; } = new Dictionary<string, LimitKey>(StringComparer.Ordinal)
        .With("max", isAlert: false)
        .With("warn", isAlert: true)
        .With("max_daily_spend_usd", new LimitKey(LimitMeasure.UsDollars, LimitPeriod.Day, false))
        .With("max_monthly_spend_usd", new LimitKey(LimitMeasure.UsDollars, LimitPeriod.Month, false));

    /// <summary>The keys of the policy <c>cost_alerts</c>.</summary>
    public static IReadOnlyDictionary<string, LimitKey> OfAlerts { get; } = new Dictionary<string, LimitKey>(StringComparer.Ordinal)
        .With("warn", isAlert: true)
        .With("error", isAlert: false);

    /// <summary>The keys of a rolling window, its length aside.</summary>
    public static IReadOnlyDictionary<string, LimitKey> OfWindows { get; } = new Dictionary<string, LimitKey>(StringComparer.Ordinal)
    {
        ["max_cost_usd"] = new LimitKey(LimitMeasure.UsDollars, LimitPeriod.Rolling, false),
        ["max_calls"] = new LimitKey(LimitMeasure.Calls, LimitPeriod.Rolling, false),
        ["max_tokens"] = new LimitKey(LimitMeasure.Tokens, LimitPeriod.Rolling, false),
        ["warn_cost_usd"] = new LimitKey(LimitMeasure.UsDollars, LimitPeriod.Rolling, true),
        ["warn_calls"] = new LimitKey(LimitMeasure.Calls, LimitPeriod.Rolling, true),
        ["warn_tokens"] = new LimitKey(LimitMeasure.Tokens, LimitPeriod.Rolling, true),
    };

    private static Dictionary<string, LimitKey> With(this Dictionary<string, LimitKey> keys, string prefix, bool isAlert)
    {
        foreach ((string word, LimitPeriod period) in Periods)
        {
            keys[$"{prefix}_cost_per_{word}_usd"] = new LimitKey(LimitMeasure.UsDollars, period, isAlert);
            keys[$"{prefix}_calls_per_{word}"] = new LimitKey(LimitMeasure.Calls, period, isAlert);
            keys[$"{prefix}_tokens_per_{word}"] = new LimitKey(LimitMeasure.Tokens, period, isAlert);
        }

        return keys;
    }

    private static Dictionary<string, LimitKey> With(this Dictionary<string, LimitKey> keys, string key, LimitKey means)
    {
        keys[key] = means;
        return keys;
    }
}
