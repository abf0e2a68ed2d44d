namespace Magsag.Ledger.Files;

/// <summary>The three bytes that some editors and shells put before UTF-8; they mean nothing.</summary>
internal static class ByteOrderMark
{
    private static readonly byte[] Bytes = [0xEF, 0xBB, 0xBF];

    /// <summary>How many bytes of the mark a file begins with: all of them or none.</summary>
    public static int LengthIn(ReadOnlySpan<byte> beginning) => beginning.StartsWith(Bytes) ? Bytes.Length : 0;
}
