namespace Magsag.Runtime.Http;

/// <summary>An answer's body on its way to the app: each piece is noted as it is read, and nothing is read that the app doesn't read.</summary>
internal sealed class TrackedStream(Stream inner, IAnswerObserver observer) : Stream
{
    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override bool CanTimeout => inner.CanTimeout;

    public override int ReadTimeout
    {
        get => inner.ReadTimeout;
        set => inner.ReadTimeout = value;
    }

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => throw new NotSupportedException("The body of a response can only be read on.");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = inner.Read(buffer);
        }
        catch (Exception error)
        {
            observer.Fail(error);
            throw;
        }

        Note(buffer[..read], buffer.Length);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read;
        try
        {
            read = await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            observer.Fail(error);
            throw;
        }

        Note(buffer.Span[..read], buffer.Length);
        return read;
    }

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The body of a response can only be read on.");

    public override void SetLength(long value) => throw new NotSupportedException("The body of a response can't be changed.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The body of a response can't be changed.");

    public override async ValueTask DisposeAsync()
    {
        observer.EndAnswer(AnswerEnd.Left);
        await inner.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            observer.EndAnswer(AnswerEnd.Left);
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Note(ReadOnlySpan<byte> bytes, int asked)
    {
        if (!bytes.IsEmpty)
        {
            observer.Read(bytes);
        }
        else if (asked > 0)
        {
            observer.EndAnswer(AnswerEnd.Read);
        }
    }
}
