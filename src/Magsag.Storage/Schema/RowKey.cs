using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Magsag.Storage.Schema;

/// <summary>The key of a row that is told apart by texts of which any may be unknown: SQL's unique constraints don't compare nulls.</summary>
internal static class RowKey
{
    private const int Size = 16;

    private const int StackBytes = 512;

    /// <summary>128 bits of SHA-256: nobody can craft names that share a key.</summary>
    public static Guid Hash(ReadOnlySpan<string?> parts)
    {
        int most = 0;
        foreach (string? part in parts)
        {
            most += sizeof(int) + (part is null ? 0 : Encoding.UTF8.GetMaxByteCount(part.Length));
        }

        Span<byte> bytes = most <= StackBytes ? stackalloc byte[StackBytes] : new byte[most];
        int length = 0;
        foreach (string? part in parts)
        {
            int size = part is null ? -1 : Encoding.UTF8.GetBytes(part, bytes[(length + sizeof(int))..]);
            BinaryPrimitives.WriteInt32LittleEndian(bytes[length..], size);
            length += sizeof(int) + Math.Max(size, 0);
        }

        return Hash((ReadOnlySpan<byte>)bytes[..length]);
    }

    /// <summary>The key of a stretch of bytes.</summary>
    public static Guid Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return new Guid(digest[..Size], bigEndian: true);
    }
}
