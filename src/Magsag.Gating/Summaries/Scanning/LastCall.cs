namespace Magsag.Gating;

/// <summary>The last call of a run so far.</summary>
internal readonly record struct LastCall(long UtcTicks, CallPlace Place, CallOutcome Outcome)
{
    public bool IsBefore(in LastCall other) =>
        UtcTicks != other.UtcTicks ? UtcTicks < other.UtcTicks : Place.CompareTo(other.Place) <= 0;
}
