namespace Magsag.Runtime.Budgets.Accounts;

/// <summary>The time that passed while a store was in use, by a clock that may jump: a jump ahead counts as a minute at most, one back as nothing.</summary>
/// <remarks>
/// Only by this time anything is deleted. A process whose clock is years ahead makes entries of its own years, and takes nothing away from
/// those whose clock is right; nor does a machine whose clock is set.
/// </remarks>
/// <param name="Passed">What passed, in ticks.</param>
/// <param name="Clock">What the clock said last, in ticks of UTC.</param>
internal readonly record struct ObservedTime(long Passed, long Clock)
{
    private const long LongestStep = TimeSpan.TicksPerMinute;

    public ObservedTime At(DateTimeOffset clock) => new(Passed + Math.Clamp(clock.UtcTicks - Clock, 0, LongestStep), clock.UtcTicks);
}
