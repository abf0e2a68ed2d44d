using Magsag.Ledger.Records;

namespace Magsag.Storage;

/// <summary>What is known of a run: its first call says when it began and whose it is, its last call how it ended.</summary>
/// <remarks>Calls come in any order; the state is the same in the end.</remarks>
internal readonly record struct RunState(RecordCursor First, string? Agent, string? Customer, RecordCursor Last, CallOutcome Outcome)
{
    /// <summary>The row of the party that came in first; null when nobody made a call in the run.</summary>
    public long? Party { get; init; }

    public int Day => (int)(First.Ticks / TimeSpan.TicksPerDay);

    public bool IsSuccessful => Outcome is CallOutcome.Ok or CallOutcome.CacheHit;

    public RunState With(in RunState other)
    {
        RunState first = (other.First.IsBefore(First) ? other : this) with { Party = Party ?? other.Party };
        return Last.IsBefore(other.Last) ? first with { Last = other.Last, Outcome = other.Outcome } : first with { Last = Last, Outcome = Outcome };
    }
}
