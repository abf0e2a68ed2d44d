namespace Magsag.Storage.Budgets.Slices;

/// <summary>How a process leases slices of limits from the database, which it then spends from its memory.</summary>
public sealed class BudgetSliceOptions
{
    /// <summary>The last part of a limit in which a call that fits may be refused, because other processes hold slices of it. All processes' slices together are never larger. 0 asks the database for each call.</summary>
    public decimal RefusablePart { get; init; } = 0.1m;

    /// <summary>For how many calls a slice is meant at first. It grows while it is used up within a tenth of a second, and is smaller near the limit.</summary>
    public int CallsPerSlice { get; init; } = 256;

    /// <summary>How long a slice may lie unused before its rest is given back.</summary>
    public TimeSpan ReturnAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long what a process leased stands as reserved when nothing is heard of the process. From then on it stands as spent.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);
}
