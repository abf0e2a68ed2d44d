namespace Magsag.Testing.Http;

/// <summary>Gathers an answer while the app reads it, and hands it over once it has ended. The app sees each piece when it arrives.</summary>
internal sealed class RecordedAnswer(TapedExchange exchange, HttpResponseMessage response) : IAnswerObserver
{
    private const int Most = 64 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly MemoryStream _bytes = new();
    private readonly int _status = (int)response.StatusCode;
    private readonly string? _encoding = response.Content.Headers.ContentEncoding.LastOrDefault();
    private readonly AnswerKind _kind = AnswerReader.KindOf(response.Content.Headers.ContentType?.MediaType);
    private bool _hasEnded;

    public void Read(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_bytes.Length + bytes.Length <= Most)
            {
                _bytes.Write(bytes);
            }
            else
            {
                _hasEnded = true;
            }
        }
    }

    public void Fail(Exception error) => EndAnswer(AnswerEnd.Broken);

    /// <remarks>A reader that knows the last event doesn't read on, so that an answer that was left may be whole.</remarks>
    public void EndAnswer(AnswerEnd end)
    {
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            _hasEnded = true;
        }

        if (end is AnswerEnd.Read or AnswerEnd.Left)
        {
            exchange.Keep(_status, _kind, Decoded());
        }
    }

    private byte[] Decoded()
    {
        if (_encoding is null)
        {
            return _bytes.ToArray();
        }

        var plain = new MemoryStream();
        ContentDecoding.Decode(_bytes.ToArray(), _encoding, plain.Write);
        return plain.ToArray();
    }
}
