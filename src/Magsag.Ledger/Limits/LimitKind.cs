namespace Magsag.Ledger.Limits;

/// <summary>What can be stated once per name: two limits of the same kind compete, and the more specific name wins.</summary>
internal readonly record struct LimitKind(LimitPeriod Period, TimeSpan Window, LimitMeasure Measure, bool IsAlert, bool PerCustomer);
