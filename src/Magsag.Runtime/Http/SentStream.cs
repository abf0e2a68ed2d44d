namespace Magsag.Runtime.Http;

/// <summary>The network's end of a request, which notes what is written to it.</summary>
internal sealed class SentStream(Stream inner, WireRequest request) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException("A body that is being sent has no length yet.");

    public override long Position
    {
        get => throw new NotSupportedException("A body that is being sent has no position.");
        set => throw new NotSupportedException("A body that is being sent has no position.");
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        request.Append(buffer);
        inner.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        request.Append(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A body that is being sent can't be read.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("A body that is being sent has no position.");

    public override void SetLength(long value) => throw new NotSupportedException("A body that is being sent has no length to set.");
}
