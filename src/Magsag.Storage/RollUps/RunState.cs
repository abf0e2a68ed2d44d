using Magsag.Gating;

namespace Magsag.Storage;

/// <summary>What is known of a run: its first call says when it began and whose it is, its last call how it ended.</summary>
/// <remarks>Calls come in any order; the state is the same in the end.</remarks>
internal sealed record RunState(RecordCursor First, string? Agent, string? Customer, RecordCursor Last, CallOutcome Outcome)
{
    public int Day => (int)(First.Ticks / TimeSpan.TicksPerDay);

    public bool IsSuccessful => Outcome is CallOutcome.Ok or CallOutcome.CacheHit;

    public static RunState Of(LedgerRecord record)
    {
        RecordCursor call = RecordCursor.Of(record);
        return new RunState(call, StorableText.Of(record.Agent), StorableText.Of(record.Customer), call, record.Outcome);
    }

    public RunState With(RunState other)
    {
        RunState first = IsBefore(other.First, First) ? other : this;
        RunState last = IsBefore(Last, other.Last) ? other : this;
        return first with { Last = last.Last, Outcome = last.Outcome };
    }

    private static bool IsBefore(RecordCursor left, RecordCursor right) =>
        left.Ticks != right.Ticks ? left.Ticks < right.Ticks : left.Id.CompareTo(right.Id) < 0;
}
