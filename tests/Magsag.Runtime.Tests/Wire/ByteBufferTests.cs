using System.Buffers;
using System.Text;

namespace Magsag.Runtime.Tests;

public sealed class ByteBufferTests
{
    [Fact]
    public void What_it_held_is_in_no_buffer_that_the_pool_gives_out_next()
    {
        byte[] secret = Encoding.UTF8.GetBytes($"what the customer said {Guid.NewGuid()}");
        using (var trail = new ByteBuffer(limit: 1024 * 1024))
        {
            for (int piece = 0; piece < 4_000; piece++)
            {
                Assert.True(trail.Append(secret));
            }
        }

        byte[][] rented = [.. Enumerable.Range(0, 64).Select(static index => ArrayPool<byte>.Shared.Rent(index % 2 == 0 ? 16 * 1024 : 64 * 1024))];

        Assert.DoesNotContain(rented, buffer => buffer.AsSpan().IndexOf(secret) >= 0);
        Array.ForEach(rented, static buffer => ArrayPool<byte>.Shared.Return(buffer));
    }
}
