using System.Numerics;

namespace Magsag.Storage.Schema;

/// <summary>
/// An amount as three integers that SQLite can add up exactly: whole nano-dollars, then 9 and 10 more decimals. Together they hold
/// every one of the 28 decimals that <see cref="decimal"/> has; sums are exact as long as <see cref="decimal"/> can hold them, up to
/// 9.2 billion dollars and 900 million records a sum.
/// </summary>
/// <param name="Nano">Whole nano-dollars (10⁻⁹), rounded down.</param>
/// <param name="Atto">The rest in atto-dollars (10⁻¹⁸), 0 to 999,999,999; more in a sum.</param>
/// <param name="Rest">The rest of that in 10⁻²⁸ dollars, 0 to 9,999,999,999; more in a sum.</param>
internal readonly record struct StoredMoney(long Nano, long Atto, long Rest)
{
    /// <summary>A thousand times what a record can say that its call cost.</summary>
    public const decimal Limit = 1_000_000_000m;

    private const long NanoPerDollar = 1_000_000_000;
    private const long AttoPerNano = 1_000_000_000;
    private const long RestPerAtto = 10_000_000_000;
    private const int Scale = 28;

    private static readonly BigInteger NanoUnit = (BigInteger)AttoPerNano * RestPerAtto;

    public static StoredMoney From(decimal usd)
    {
        decimal nano = Math.Floor(usd * NanoPerDollar);
        if (nano == usd * NanoPerDollar)
        {
            return new StoredMoney((long)nano, 0, 0);
        }

        // The product above may have been rounded: whatever has more than nano-dollars goes the exact way.
        BigInteger units = ToUnits(usd);
        BigInteger whole = BigInteger.DivRem(units, NanoUnit, out BigInteger fraction);
        if (fraction.Sign < 0)
        {
            whole -= BigInteger.One;
            fraction += NanoUnit;
        }

        BigInteger atto = BigInteger.DivRem(fraction, RestPerAtto, out BigInteger rest);
        return new StoredMoney((long)whole, (long)atto, (long)rest);
    }

    

    public decimal ToDecimal()
    {
        if (Atto == 0 && Rest == 0)
        {
            return ((decimal)Nano / NanoPerDollar) + 0m;
        }

        BigInteger units = (Nano * NanoUnit) + ((BigInteger)Atto * RestPerAtto) + Rest;
        int scale = Scale;
        while (scale > 0 && units % 10 == 0)
        {
            units /= 10;
            scale--;
        }

        return FromUnits(units, scale);
    }

    private static BigInteger ToUnits(decimal usd)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(usd, bits);
        BigInteger mantissa = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        mantissa *= BigInteger.Pow(10, Scale - usd.Scale);
        return usd < 0 ? -mantissa : mantissa;
    }

    private static decimal FromUnits(BigInteger units, int scale)
    {
        // A sum may have more digits than decimal has: then the last ones are rounded, as adding decimals would.
        BigInteger magnitude = BigInteger.Abs(units);
        while (magnitude >> 96 != BigInteger.Zero)
        {
            magnitude = (magnitude + 5) / 10;
            scale--;
        }

        uint Part(int shift) => (uint)((magnitude >> shift) & uint.MaxValue);
        return new decimal((int)Part(0), (int)Part(32), (int)Part(64), units.Sign < 0, (byte)scale);
    }
}
