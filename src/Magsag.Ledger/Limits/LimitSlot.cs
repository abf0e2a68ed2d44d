namespace Magsag.Ledger.Limits;

/// <summary>What can be stated once per name: two limits of the same slot compete, and the more specific name wins.</summary>
internal readonly record struct LimitSlot(LimitPeriod Period, TimeSpan Window, LimitMeasure Measure, bool IsAlert, bool PerCustomer);
