namespace Magsag.Ledger.Records;

/// <summary>What makes a record a correction: it adds to what an earlier record says its call cost, and stands where that call stands in every sum.</summary>
/// <remarks>A ledger is only appended to, so a wrong cost stays in it; the correction beside it says by whom it is put right.</remarks>
/// <param name="Corrects">The id of the corrected record.</param>
/// <param name="CorrectedAt">When it was corrected, in UTC.</param>
/// <param name="Reason">Why, in a few words.</param>
public sealed record LedgerCorrection(Guid Corrects, DateTimeOffset CorrectedAt, string Reason)
{
    /// <summary>The most characters that a reason may have.</summary>
    public const int LongestReason = 500;

    /// <summary>True when the call's cost wasn't known before: sums that counted it as unpriced or unmetered don't any more.</summary>
    public bool WasUnknown { get; init; }

    /// <summary>Makes the record that corrects what a call cost.</summary>
    /// <param name="call">The call's record: whom it is attributed to and what it used are taken over.</param>
    /// <param name="earlier">The corrections that the call has already.</param>
    /// <param name="costUsd">What the call cost in truth, in US dollars, 0 or more.</param>
    /// <param name="reason">Why, in 1 to <see cref="LongestReason"/> characters.</param>
    /// <param name="id">The id of the new record (UUID version 7).</param>
    /// <param name="at">When it is corrected.</param>
    /// <exception cref="ArgumentException">The cost is negative or absurd, the reason is empty or too long, or <paramref name="call"/> is no billable call.</exception>
    public static LedgerRecord Create(LedgerRecord call, IEnumerable<LedgerRecord> earlier, decimal costUsd, string reason, Guid id, DateTimeOffset at)
    {
        if (costUsd < 0m)
        {
            throw new ArgumentException(FormattableString.Invariant($"A call costs 0 or more, found {costUsd}."), nameof(costUsd));
        }

        if (costUsd >= RecordLimits.Usd)
        {
            throw new ArgumentException(FormattableString.Invariant($"A call costs less than {RecordLimits.Usd:#,##0} US dollars, found {costUsd}."), nameof(costUsd));
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            throw new ArgumentException($"Expected a reason of 1 to {LongestReason} characters.", nameof(reason));
        }

        if (call.Outcome is CallOutcome.CacheHit or CallOutcome.Correction)
        {
            throw new ArgumentException("Only what a billable call cost can be corrected: the record is a cache hit or a correction itself.", nameof(call));
        }

        decimal? known = call.CostUsd;
        bool isLowerBound = call.IsLowerBound;
        foreach (LedgerRecord correction in earlier)
        {
            known = (known ?? 0m) + correction.CostUsd;
            isLowerBound = false;
        }

        return call with
        {
            Id = id,
            Outcome = CallOutcome.Correction,
            CostUsd = costUsd - (known ?? 0m),
            IsLowerBound = isLowerBound,
            DurationMilliseconds = null,
            Quality = null,
            Correction = new LedgerCorrection(call.Id, at, reason) { WasUnknown = known is null && IsMissed(call) },
        };
    }

    // A failed call without usage was most likely never billed: no sum counts it as unknown.
    private static bool IsMissed(LedgerRecord call) => call.UsageSource != UsageSource.Unknown || call.Outcome != CallOutcome.Error;
}
