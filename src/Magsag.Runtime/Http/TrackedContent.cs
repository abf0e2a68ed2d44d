using System.Net;

namespace Magsag.Runtime.Http;

/// <summary>A response's content whose bytes are noted as the app reads them.</summary>
internal sealed class TrackedContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly IAnswerObserver _observer;

    public TrackedContent(HttpContent inner, IAnswerObserver observer)
    {
        (_inner, _observer) = (inner, observer);
        CopiedHeaders.Copy(inner, this);
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() => new TrackedStream(await _inner.ReadAsStreamAsync().ConfigureAwait(false), _observer);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new TrackedStream(await _inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), _observer);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) => new TrackedStream(_inner.ReadAsStream(cancellationToken), _observer);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using Stream body = await CreateContentReadStreamAsync(cancellationToken).ConfigureAwait(false);
        await body.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using Stream body = CreateContentReadStream(cancellationToken);
        body.CopyTo(stream);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _observer.EndAnswer(AnswerEnd.Left);
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
