using System.Net;

namespace Magsag.Runtime.Http;

/// <summary>A request's content whose bytes are noted as they are sent.</summary>
internal sealed class SentContent : HttpContent
{
    private readonly HttpContent _inner;
    private readonly WireRequest _request;

    public SentContent(HttpContent inner, WireRequest request)
    {
        (_inner, _request) = (inner, request);
        CopiedHeaders.Copy(inner, this);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _inner.CopyToAsync(Tee(stream), context, cancellationToken);

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        _inner.CopyTo(Tee(stream), context, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _inner.Headers.ContentLength ?? 0;
        return _inner.Headers.ContentLength is not null;
    }

    // The app's content is the app's to dispose of.
    private SentStream Tee(Stream stream)
    {
        _request.Restart();
        return new SentStream(stream, _request);
    }
}
