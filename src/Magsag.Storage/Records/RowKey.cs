using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Magsag.Storage;

/// <summary>The key of a row that is told apart by texts of which any may be unknown: SQL's unique constraints don't compare nulls.</summary>
internal static class RowKey
{
    private const int Size = 16;

    /// <summary>128 bits of SHA-256: nobody can craft names that share a key.</summary>
    public static Guid Of(ReadOnlySpan<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (string? part in parts)
        {
            byte[] text = part is null ? [] : Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, part is null ? -1 : text.Length);
            hash.AppendData(length);
            hash.AppendData(text);
        }

        return Finish(hash);
    }

    /// <summary>The key of a stretch of bytes.</summary>
    public static Guid Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, digest);
        return new Guid(digest[..Size], bigEndian: true);
    }

    private static Guid Finish(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return new Guid(digest[..Size], bigEndian: true);
    }
}
