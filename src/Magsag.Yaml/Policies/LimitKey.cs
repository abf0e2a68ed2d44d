using Magsag.Ledger.Limits;

namespace Magsag.Yaml.Policies;

/// <summary>What a key such as <c>max_calls_per_day</c> means.</summary>
internal sealed record LimitKey(LimitMeasure Measure, LimitPeriod Period, bool IsAlert);
