using System.IO.Compression;

namespace Magsag.Runtime.Wire;

/// <summary>Undoes the compression of a copy of an answer that the app reads compressed.</summary>
internal static class ContentDecoding
{
    private const int MostDecoded = 64 * 1024 * 1024;

    public delegate void Sink(ReadOnlySpan<byte> piece);

    /// <summary>Hands over what can be decoded; false when that isn't all.</summary>
    public static bool Decode(byte[] encoded, string encoding, Sink sink)
    {
        using Stream? decoder = Open(new MemoryStream(encoded), encoding);
        if (decoder is null)
        {
            return false;
        }

        Span<byte> piece = new byte[16 * 1024];
        try
        {
            int total = 0;
            for (int read = decoder.Read(piece); read > 0; read = decoder.Read(piece))
            {
                sink(piece[..read]);
                total += read;
                if (total > MostDecoded)
                {
                    return false;
                }
            }

            return true;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private static Stream? Open(Stream encoded, string encoding) => encoding.ToLowerInvariant() switch
    {
        "gzip" or "x-gzip" => new GZipStream(encoded, CompressionMode.Decompress),
        "br" => new BrotliStream(encoded, CompressionMode.Decompress),
        "deflate" => new ZLibStream(encoded, CompressionMode.Decompress),
        _ => null,
    };
}
