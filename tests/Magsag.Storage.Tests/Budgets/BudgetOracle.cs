using Magsag.Runtime;

namespace Magsag.Storage.Tests;

/// <summary>What calls were billed, counted outside any store: a list of all that was granted, added up anew for each question.</summary>
internal sealed class BudgetOracle
{
    private readonly List<Entry> _entries = [];

    /// <summary>A call was granted or a record entered.</summary>
    public void Enter(Guid id, string run, decimal usd, DateTimeOffset clock, DateTimeOffset truth) => _entries.Add(new Entry(id, run, clock, truth) { Usd = usd });

    public void Settle(Guid id, decimal usd) => _entries.Single(entry => entry.Id == id).Usd = usd;

    /// <summary>What is billed or may be within the limits that a call of now counts for, in their order.</summary>
    /// <param name="run">The run.</param>
    /// <param name="clock">The caller's clock.</param>
    /// <param name="isSlowest">Whether the rolling window is the slowest clock's: all of time.</param>
    /// <param name="since">The true time before which a store may have forgotten what has a window.</param>
    public decimal[] Sums(string run, DateTimeOffset clock, DateTimeOffset since, bool isSlowest = false) =>
    [
        Sum(entry => entry.Run == run),
        Sum(entry => entry.Clock.UtcDateTime.Date == clock.UtcDateTime.Date && entry.Truth >= since),
        Sum(entry => (isSlowest || Minute(entry.Clock) >= Minute(clock).AddHours(-1)) && entry.Truth >= since),
    ];

    private decimal Sum(Func<Entry, bool> counts) => _entries.Where(counts).Sum(static entry => entry.Usd);

    private static DateTime Minute(DateTimeOffset clock) => new(clock.UtcTicks - (clock.UtcTicks % TimeSpan.TicksPerMinute), DateTimeKind.Utc);

    private sealed record Entry(Guid Id, string Run, DateTimeOffset Clock, DateTimeOffset Truth)
    {
        public decimal Usd { get; set; }
    }
}
