using Magsag.Pricing.Listings;

namespace Magsag.Pricing.Tokens;

/// <summary>A count for each unit, in place.</summary>
internal unsafe struct UnitCounts : IEquatable<UnitCounts>
{
    private fixed long _counts[RateUnits.Count];

    public long this[RateUnit unit]
    {
        readonly get => _counts[IndexOf(unit)];
        set => _counts[IndexOf(unit)] = value;
    }

    /// <summary>The bits of all counts from a unit on.</summary>
    public readonly long BitsFrom(int unit)
    {
        long bits = 0;
        for (; unit < RateUnits.Count; unit++)
        {
            bits |= _counts[unit];
        }

        return bits;
    }

    public readonly bool Equals(UnitCounts other)
    {
        long differences = 0;
        for (int unit = 0; unit < RateUnits.Count; unit++)
        {
            differences |= _counts[unit] ^ other._counts[unit];
        }

        return differences == 0;
    }

    public override readonly bool Equals(object? obj) => obj is UnitCounts other && Equals(other);

    public override readonly int GetHashCode()
    {
        long hash = 0;
        for (int unit = 0; unit < RateUnits.Count; unit++)
        {
            hash = unchecked((hash * 31) + _counts[unit]);
        }

        return hash.GetHashCode();
    }

    // The compiler checks no bounds of fixed buffers; those of constants cost nothing.
    private static int IndexOf(RateUnit unit) => (uint)unit < RateUnits.Count ? (int)unit : throw new ArgumentOutOfRangeException(nameof(unit));
}
