using Magsag.Pricing.Listings;
using Magsag.Pricing.Tokens;

namespace Magsag.Ledger.Records;

/// <summary>The counts of one record that most calls have, in place; null while unknown.</summary>
internal unsafe struct RecordCounts : IEquatable<RecordCounts>
{
    // Unknown counts are all zeros, so that nothing has to be set first: the one value that isn't needed as a count changes places with 0.
    private const long Unknown = long.MinValue;

    private fixed long _counts[RateUnits.Columns];

    public long? this[RateUnit unit]
    {
        readonly get => (_counts[IndexOf(unit)] ^ Unknown) is var count and not Unknown ? count : null;
        set => _counts[IndexOf(unit)] = (value is { } count ? Math.Max(count, Unknown + 1) : Unknown) ^ Unknown;
    }

    /// <summary>The counts of a call: its totals, and of their parts those that aren't 0.</summary>
    public static RecordCounts Of(in Usage usage)
    {
        RecordCounts counts = default;
        for (RateUnit unit = 0; (int)unit < RateUnits.Columns; unit++)
        {
            if (unit is RateUnit.Input or RateUnit.Output || usage.CountOf(unit) > 0)
            {
                counts[unit] = usage.CountOf(unit);
            }
        }

        return counts;
    }

    public readonly bool Equals(RecordCounts other)
    {
        long differences = 0;
        for (int unit = 0; unit < RateUnits.Columns; unit++)
        {
            differences |= _counts[unit] ^ other._counts[unit];
        }

        return differences == 0;
    }

    public override readonly bool Equals(object? obj) => obj is RecordCounts other && Equals(other);

    public override readonly int GetHashCode() => _counts[0].GetHashCode() ^ _counts[RateUnits.Columns - 1].GetHashCode();

    // The compiler checks no bounds of fixed buffers.
    private static int IndexOf(RateUnit unit) => (uint)unit < RateUnits.Columns ? (int)unit : throw new ArgumentOutOfRangeException(nameof(unit));
}
