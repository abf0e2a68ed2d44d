using System.Buffers.Binary;
using System.Text.Json;

namespace Magsag.Runtime.Wire;

/// <summary>Takes the messages out of AWS's binary event streams (<c>application/vnd.amazon.eventstream</c>).</summary>
/// <remarks>
/// A message is its length, the length of its headers, a checksum of both, headers, payload and a checksum of all
/// (https://docs.aws.amazon.com/lexv2/latest/dg/event-stream-encoding.html). Checksums aren't checked: TLS did, and nothing here depends on it.
/// </remarks>
internal static class AwsEvents
{
    private const int Prelude = 12;
    private const int Checksum = 4;

    /// <summary>Where the last whole message ends.</summary>
    public static int AfterLast(ReadOnlySpan<byte> stream)
    {
        int end = 0;
        while (LengthAt(stream[end..]) is { } length)
        {
            end += length;
        }

        return end;
    }

    /// <summary>The JSON of each whole message; what a model said by itself is unwrapped.</summary>
    public static IEnumerable<byte[]> Payloads(byte[] stream)
    {
        for (int start = 0; LengthAt(stream.AsSpan(start)) is { } length; start += length)
        {
            int headers = (int)BinaryPrimitives.ReadUInt32BigEndian(stream.AsSpan(start + 4));
            int from = start + Prelude + headers;
            int to = start + length - Checksum;
            if (from <= to)
            {
                yield return Unwrap(stream.AsSpan(from, to - from));
            }
        }
    }

    private static int? LengthAt(ReadOnlySpan<byte> stream)
    {
        if (stream.Length < Prelude + Checksum)
        {
            return null;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(stream);
        uint headers = BinaryPrimitives.ReadUInt32BigEndian(stream[4..]);
        return length >= Prelude + Checksum && length <= stream.Length && headers <= length - Prelude - Checksum ? (int)length : null;
    }

    // InvokeModel wraps each piece of the model's own stream: {"bytes":"base64"}.
    private static byte[] Unwrap(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload);
        try
        {
            while (reader.Read() && reader.CurrentDepth <= 1)
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("bytes"u8))
                {
                    return reader.Read() && reader.TryGetBytesFromBase64(out byte[]? inner) ? inner : payload.ToArray();
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
        }

        return payload.ToArray();
    }
}
