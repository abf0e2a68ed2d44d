using System.Security.Cryptography;

namespace Magsag.Runtime.Ledgers;

/// <summary>Makes record ids: UUIDs of version 7, with randomness that is asked from the operating system for many at a time.</summary>
/// <remarks><c>Guid.CreateVersion7</c> asks each time, which takes longer (1 to 3 µs) than all else that recording a call does, and .NET 8 lacks it.</remarks>
internal static class RecordId
{
    private const int RandomBytes = 10;
    private const int Batch = 400;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _used;

    /// <summary>A new id.</summary>
    /// <param name="time">When the call was made; must not lie before 1970.</param>
    public static Guid New(DateTimeOffset time)
    {
        byte[] random = _random ??= new byte[RandomBytes * Batch];
        if (_used == 0)
        {
            RandomNumberGenerator.Fill(random);
            _used = random.Length;
        }

        _used -= RandomBytes;
        ReadOnlySpan<byte> own = random.AsSpan(_used, RandomBytes);
        long milliseconds = time.ToUnixTimeMilliseconds();

        // RFC 9562: 48 bits of time, the version, 12 random bits, the variant, 62 random bits.
        return new Guid(
            (int)(milliseconds >> 16),
            (short)milliseconds,
            (short)(0x7000 | ((own[0] & 0x0F) << 8) | own[1]),
            (byte)(0x80 | (own[2] & 0x3F)), own[3], own[4], own[5], own[6], own[7], own[8], own[9]);
    }
}
