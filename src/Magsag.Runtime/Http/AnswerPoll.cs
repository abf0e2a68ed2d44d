using Magsag.Ledger.Records;

namespace Magsag.Runtime.Http;

/// <summary>One question whether an answer is there that a provider goes on working at. It costs nothing; once the answer is there, its call is recorded.</summary>
internal sealed class AnswerPoll : IAnswerObserver
{
    private readonly Lock _gate = new();
    private readonly CostRecorder _recorder;
    private readonly string _id;
    private readonly WireApi _api;
    private readonly string? _provider;
    private AnswerReader? _answer;

    private AnswerPoll(CostRecorder recorder, Uri address, string id)
    {
        (_recorder, _id) = (recorder, id);
        _provider = WireAddress.ProviderOf(address);
        WireFormat format = address.AbsolutePath.Contains("/responses/", StringComparison.OrdinalIgnoreCase) ? WireFormat.Responses : WireFormat.Any;
        _api = new WireApi(format, "chat", _provider ?? "openai");
    }

    /// <summary>Begins to follow a request; null when it doesn't ask for an answer that a call waits for.</summary>
    /// <param name="recorder">Knows the calls that wait.</param>
    /// <param name="method">The request's method.</param>
    /// <param name="address">Where it goes: an answer's address ends in its id.</param>
    public static AnswerPoll? Begin(CostRecorder recorder, string method, Uri? address)
    {
        if (!UnfinishedAnswers.Any || method != "GET" || address is not { IsAbsoluteUri: true })
        {
            return null;
        }

        string id = Uri.UnescapeDataString(address.Segments[^1].TrimEnd('/'));
        return recorder.AwaitsAnswer(id) ? new AnswerPoll(recorder, address, id) : null;
    }

    /// <summary>Takes note of the answer's beginning.</summary>
    /// <returns>Whether the body is to be watched.</returns>
    public bool Answer(int status, string? contentType, string? encoding)
    {
        if (status is < 200 or >= 300)
        {
            return false;
        }

        _answer = new AnswerReader(_api, AnswerReader.KindOf(contentType), _provider ?? _api.Owner, encoding, static () => null);
        return true;
    }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            try
            {
                _answer?.Append(bytes);
            }
            catch (Exception error)
            {
                _recorder.ReportFault(error);
            }
        }
    }

    /// <inheritdoc/>
    public void Fail(Exception error) => EndAnswer(AnswerEnd.Broken);

    /// <inheritdoc/>
    public void EndAnswer(AnswerEnd end)
    {
        lock (_gate)
        {
            try
            {
                Conclude(end);
            }
            catch (Exception error)
            {
                _recorder.ReportFault(error);
            }
            finally
            {
                _answer?.Dispose();
                _answer = null;
            }
        }
    }

    // A stream that breaks off is asked for again.
    private void Conclude(AnswerEnd end)
    {
        if (_answer?.Read() is not { } reading || (reading.Answer.Usage is null && !(reading.IsComplete && end == AnswerEnd.Read && !reading.Answer.IsUnfinished && reading.Answer.Id == _id)))
        {
            return;
        }

        var seen = new CallObservation { Operation = _api.Operation, Provider = _provider, Outcome = CallOutcome.Ok, Started = DateTimeOffset.UtcNow };
        _recorder.Record(ObservedAnswer.Complete(seen, end, reading, static _ => null) with { AnswerId = _id, IsUnfinished = false, IsPoll = true });
    }
}
