using Magsag.Ledger.Records;

namespace Magsag.Ledger.Summaries;

/// <summary>How the last call of a run ended.</summary>
internal sealed class RunOutcome
{
    private long _utcTicks = long.MinValue;
    private long _place;
    private CallOutcome _outcome;

    /// <summary>Whether the last call was answered.</summary>
    public bool IsSuccess => _outcome is CallOutcome.Ok or CallOutcome.CacheHit;

    /// <summary>Adds a call.</summary>
    /// <param name="utcTicks">When it was made.</param>
    /// <param name="place">Where it stands among all calls, which decides between two of the same time.</param>
    /// <param name="outcome">How it ended.</param>
    public void Add(long utcTicks, long place, CallOutcome outcome)
    {
        if (utcTicks > _utcTicks || (utcTicks == _utcTicks && place >= _place))
        {
            (_utcTicks, _place, _outcome) = (utcTicks, place, outcome);
        }
    }

    public void Add(RunOutcome other) => Add(other._utcTicks, other._place, other._outcome);
}
