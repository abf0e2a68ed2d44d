using System.Text.Json;

namespace Magsag.Runtime.Wire;

/// <summary>Sees the bytes of an answer as the app reads them, and says at the end what the answer used.</summary>
/// <remarks>
/// While a stream flows its bytes are only copied; it is parsed when it has ended, and then its last events are enough.
/// All of it is parsed only where usage is missing, so that what arrived can be counted.
/// </remarks>
internal sealed class AnswerReader : IDisposable
{
    private const int MostHeld = 4 * 1024 * 1024;
    private const int LargestPiece = 64 * 1024;
    private const int LastLines = 10;
    private const int SmallTail = 8 * 1024;
    private const int LargeTail = 128 * 1024;

    private readonly WireApi _api;
    private readonly AnswerKind _kind;
    private readonly string? _provider;
    private readonly string? _encoding;
    private readonly Func<string?> _model;
    private readonly ByteBuffer _bytes = new(MostHeld);
    private readonly JsonSkimmer? _skimmer;
    private readonly WireAnswer _answer;
    private bool _hasText;
    private int _nextLook;

    /// <summary>Watches an answer.</summary>
    /// <param name="api">The API that answers.</param>
    /// <param name="kind">How the body is written.</param>
    /// <param name="provider">The provider, when known.</param>
    /// <param name="encoding">The body's content encoding; null for none.</param>
    /// <param name="model">The requested model, for counting.</param>
    public AnswerReader(WireApi api, AnswerKind kind, string? provider, string? encoding, Func<string?> model)
    {
        (_api, _kind, _provider, _encoding, _model) = (api, kind, provider, encoding, model);
        _answer = new WireAnswer(api.Format, provider);
        _skimmer = kind == AnswerKind.Json && encoding is null ? new JsonSkimmer() : null;
    }

    /// <summary>Whether all that the model wrote is to be counted, also where usage is reported.</summary>
    public bool ReadsAll { get; init; }

    private bool Holds => _encoding is not null || _kind is AnswerKind.Events or AnswerKind.Lines or AnswerKind.AwsEvents || (_kind == AnswerKind.Json && _api.IsText);

    /// <summary>How a body of a media type is written.</summary>
    public static AnswerKind KindOf(string? contentType) => contentType?.ToLowerInvariant() switch
    {
        "text/event-stream" => AnswerKind.Events,
        "application/vnd.amazon.eventstream" => AnswerKind.AwsEvents,
        "application/x-ndjson" or "application/jsonl" => AnswerKind.Lines,
        null or "application/json" or "text/plain" => AnswerKind.Json,
        { } other => other.EndsWith("+json", StringComparison.Ordinal) ? AnswerKind.Json : AnswerKind.Opaque,
    };

    /// <summary>Takes bytes that the app has just read.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _skimmer?.Write(bytes);
        while (Holds && !bytes.IsEmpty)
        {
            ReadOnlySpan<byte> piece = bytes[..Math.Min(bytes.Length, LargestPiece)];
            if (!_bytes.Append(piece))
            {
                MakeRoom(piece);
            }

            bytes = bytes[piece.Length..];
        }
    }

    /// <summary>Whether more output tokens than a number have arrived in the whole events of a stream; false where only the end can show it.</summary>
    public bool HasMoreOutputThan(long tokens)
    {
        if (_encoding is not null || !_api.IsText || _kind is not (AnswerKind.Events or AnswerKind.Lines) || _bytes.Length < _nextLook)
        {
            return false;
        }

        byte[] held = _bytes.ToArray();
        int end = AfterLastEvent(held);

        // A long event isn't looked through anew for each of its pieces.
        _nextLook = end > 0 ? 0 : held.Length * 2;
        if (end > 0)
        {
            ReadEvents(held[..end]);
            _bytes.Clear();
            _bytes.Append(held.AsSpan(end));
        }

        return _answer.Used.HasMoreOutputThan(tokens);
    }

    /// <summary>Says what the answer was, whole or not.</summary>
    public AnswerReading Read()
    {
        if (_encoding is not null)
        {
            return ReadDecoded();
        }

        if (_kind is AnswerKind.Json or AnswerKind.Opaque)
        {
            return ReadBody();
        }

        if (!_hasText && !ReadsAll && _api.Format != WireFormat.Any && _kind != AnswerKind.AwsEvents && ReadEnds() is { Usage.Usage.OutputTokens: > 0 } ends)
        {
            return new AnswerReading(ends, true, IssueOf(ends));
        }

        ReadEvents(_bytes.ToArray());
        _answer.Used.LacksOutput |= _bytes.IsCut;
        return new AnswerReading(_answer, _answer.IsComplete, IssueOf(_answer));
    }

    public void Dispose() => _bytes.Dispose();

    private AnswerReading ReadBody()
    {
        try
        {
            using JsonDocument? facts = _skimmer?.ToDocument();
            if (facts is not null)
            {
                _answer.Read(facts.RootElement);
            }
        }
        catch (Exception error) when (AnswerEvents.IsUnreadable(error))
        {
            _answer.ReadMalformed();
        }

        bool isComplete = _kind == AnswerKind.Opaque || _skimmer!.IsComplete;
        if (ReadsAll || _answer.Usage is null or { Usage.OutputTokens: 0 })
        {
            ReadBodyText(isComplete);
        }

        return new AnswerReading(_answer, isComplete, IssueOf(_answer));
    }

    private string? IssueOf(WireAnswer answer) => answer.Usage switch
    {
        null => null,
        { Issue: { } issue } => issue,
        { ReportedCostUsd: not null } => null,
        { Usage.OutputTokens: 0 } when answer.Used.HasMoreOutputThan(0) => UsageIssue.OutputWithoutTokens,
        { Usage.ReasoningTokens: 0 } when _api.Format == WireFormat.Responses && _bytes.Tail(LargeTail).AsSpan().IndexOf("\"type\":\"reasoning\""u8) >= 0 => UsageIssue.ReasoningWithoutTokens,
        _ => null,
    };

    private void ReadBodyText(bool isComplete)
    {
        bool isEmbedding = _api.Operation == "embeddings";
        if (!isComplete || !_api.IsText || _bytes.IsCut)
        {
            _answer.Used.LacksOutput = !isComplete || !isEmbedding;
            return;
        }

        try
        {
            using JsonDocument body = JsonDocument.Parse(_bytes.ToArray());
            AnswerText.AddTo(_answer.Used, body.RootElement, _api.Format);
        }
        catch (Exception error) when (AnswerEvents.IsUnreadable(error))
        {
            _answer.Used.LacksOutput = true;
        }
    }

    // The usage stands in a stream's last events, which are small unless they repeat the whole answer.
    private WireAnswer? ReadEnds() => ReadEnds(SmallTail) ?? (_bytes.Length > SmallTail ? ReadEnds(LargeTail) : null);

    private WireAnswer? ReadEnds(int most)
    {
        var answer = new WireAnswer(_api.Format, _provider);
        if (_api.Format == WireFormat.Anthropic && !ReadFirstEvent(answer))
        {
            return null;
        }

        byte[] tail = _bytes.Tail(most);
        int start = tail.Length;
        for (int line = 0; line <= LastLines && start > 0; line++)
        {
            start = Math.Max(0, tail.AsSpan(0, start).LastIndexOf((byte)'\n'));
        }

        if (start > 0 && _kind == AnswerKind.Events)
        {
            start += Math.Max(0, AfterFirstEvent(tail.AsSpan(start)));
        }

        AnswerEvents.Read(tail[start..], _kind, _api.Format, answer, withText: false);
        return answer is { Usage: not null, IsComplete: true } ? answer : null;
    }

    // Anthropic says at the beginning what the input used.
    private bool ReadFirstEvent(WireAnswer answer)
    {
        ReadOnlySpan<byte> head = _bytes.Head();
        int end = AfterFirstEvent(head);
        if (end > 0)
        {
            AnswerEvents.Read(head[..end].ToArray(), _kind, _api.Format, answer, withText: false);
        }

        return end > 0;
    }

    private void ReadEvents(byte[] text)
    {
        _hasText = true;
        _answer.Used.RequestedModel ??= _model();
        AnswerEvents.Read(text, _kind, _api.Format, _answer, withText: true);
    }

    // A stream longer than can be held is counted so far, and its bytes are dropped.
    private void MakeRoom(ReadOnlySpan<byte> bytes)
    {
        if (_encoding is not null || _kind == AnswerKind.Json)
        {
            return;
        }

        byte[] held = _bytes.ToArray();
        int end = AfterLastEvent(held);
        if (end > 0)
        {
            ReadEvents(held[..end]);
        }
        else
        {
            // An event that is too long by itself, such as a picture, is dropped.
            _answer.Used.LacksOutput = true;
            end = held.Length;
        }

        _bytes.Clear();
        if (!_bytes.Append(held.AsSpan(end)) || !_bytes.Append(bytes))
        {
            _answer.Used.LacksOutput = true;
            _bytes.Clear();
        }
    }

    private int AfterLastEvent(ReadOnlySpan<byte> text)
    {
        if (_kind == AnswerKind.Lines)
        {
            return text.LastIndexOf((byte)'\n') + 1;
        }

        if (_kind == AnswerKind.AwsEvents)
        {
            return AwsEvents.AfterLast(text);
        }

        int plain = text.LastIndexOf("\n\n"u8);
        int windows = text.LastIndexOf("\r\n\r\n"u8);
        return Math.Max(plain < 0 ? 0 : plain + 2, windows < 0 ? 0 : windows + 4);
    }

    private static int AfterFirstEvent(ReadOnlySpan<byte> text)
    {
        int plain = text.IndexOf("\n\n"u8);
        int windows = (plain < 0 ? text : text[..plain]).IndexOf("\r\n\r\n"u8);
        return windows >= 0 ? windows + 4 : plain + 2 > 1 ? plain + 2 : 0;
    }

    private AnswerReading ReadDecoded()
    {
        using var decoded = new AnswerReader(_api, _kind, _provider, null, _model) { ReadsAll = ReadsAll };
        bool isWhole = !_bytes.IsCut && ContentDecoding.Decode(_bytes.ToArray(), _encoding!, decoded.Append);
        AnswerReading reading = decoded.Read();
        return reading with { IsComplete = reading.IsComplete && (isWhole || _kind != AnswerKind.Json) };
    }
}
