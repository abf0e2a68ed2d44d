using System.Diagnostics;

using Magsag.Ledger.Records;
using Magsag.Pricing.Tokens;

namespace Magsag.Runtime.Http;

/// <summary>One billable request and its answer, seen on the wire. It is recorded once it has ended, or handed to the call that it is part of.</summary>
internal sealed class WireExchange : ICallAttempt, IAnswerObserver
{
    private static readonly AsyncLocal<WireExchange?> InFlight = new();

    private readonly Lock _gate = new();
    private readonly CostRecorder _recorder;
    private readonly WireApi _api;
    private readonly Uri _address;
    private readonly string? _provider;
    private readonly RecentFailures _failures;
    private readonly CallCorrelation? _correlation;
    private readonly CallSite? _site;
    private readonly CostScope? _scope = CostScope.Current;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly long _clock = Stopwatch.GetTimestamp();
    private CallLink? _link;
    private AnswerReader? _answer;
    private CallObservation? _seen;
    private bool _isReplayed;
    private bool _isRecounted;
    private Usage? _besides;

    private WireExchange(CostRecorder recorder, WireApi api, Uri address, RecentFailures failures, CallLink? link, CallSite? site)
    {
        (_recorder, _api, _address, _failures, _link, _site) = (recorder, api, address, failures, link, site);
        _provider = WireAddress.ProviderOf(address);
        _correlation = CallCorrelation.Current is { } correlation && correlation.TryJoin(this) ? correlation : null;
        SpanCorrelation.CoverCurrent();
    }

    /// <summary>What is being sent.</summary>
    public WireRequest Request { get; } = new();

    /// <summary>Whether a layer further down sees the same exchange: that one records it, and this one does nothing more.</summary>
    public bool IsSuperseded { get; private set; }

    /// <summary>Begins an exchange; null when nothing at the address can be billable.</summary>
    /// <param name="recorder">Records it.</param>
    /// <param name="address">Where the request goes.</param>
    /// <param name="failures">The failures that it may be a retry of.</param>
    /// <param name="link">Joins it with the other attempts at its call; null when they aren't known.</param>
    public static WireExchange? Begin(CostRecorder recorder, Uri? address, RecentFailures failures, CallLink? link = null)
    {
        try
        {
            return WireApi.Tracked(address) is { } api ? Begin(recorder, api, address!, failures, link) : null;
        }
        catch (Exception error)
        {
            recorder.ReportFault(error);
            return null;
        }
    }

    /// <summary>Makes the exchange known to layers further down, until <see cref="Leave"/>.</summary>
    public void Enter() => InFlight.Value = this;

    /// <summary>Ends what <see cref="Enter"/> began; needed where the flow is the caller's own.</summary>
    public static void Leave() => InFlight.Value = null;

    /// <summary>Whether the code that is running sends a request that is watched, and isn't yet answered.</summary>
    public static bool IsWatched(Uri? address) => InFlight.Value is { IsSuperseded: false, _answer: null, _seen: null } exchange && exchange._address == address;

    /// <summary>Says of the request that is being sent that a cassette answers it.</summary>
    /// <param name="isRecounted">Whether its input was counted anew.</param>
    public static void MarkReplayed(bool isRecounted)
    {
        if (InFlight.Value is { } exchange)
        {
            exchange._isReplayed = true;
            exchange._isRecounted = isRecounted;
        }
    }

    /// <summary>Takes note of the answer's beginning.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="contentType">The body's media type.</param>
    /// <param name="encoding">The body's content encoding; null for none.</param>
    /// <param name="headerOf">Finds other headers.</param>
    /// <returns>Whether the body is to be watched.</returns>
    public bool Answer(int status, string? contentType, string? encoding, Func<string, string?> headerOf)
    {
        try
        {
            _besides = _api.Owner == "aws.bedrock" ? BedrockHeaders.Read(headerOf) : null;
            return IsToBeWatched(status, contentType, encoding);
        }
        catch (Exception error)
        {
            _recorder.ReportFault(error);
            return false;
        }
    }

    /// <summary>Takes bytes of the answer that the app has just read.</summary>
    public void Read(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_seen is not null)
            {
                return;
            }

            try
            {
                _answer!.Append(bytes);
            }
            catch (Exception error)
            {
                _recorder.ReportFault(error);
            }
        }
    }

    /// <summary>The request or the reading of its answer failed.</summary>
    public void Fail(Exception error)
    {
        try
        {
            EndBy(error);
        }
        catch (Exception fault)
        {
            _recorder.ReportFault(fault);
        }
    }

    /// <summary>The reading of the answer ended.</summary>
    public void EndAnswer(AnswerEnd end)
    {
        lock (_gate)
        {
            if (_seen is not null)
            {
                return;
            }

            try
            {
                End(Conclude(end));
            }
            catch (Exception error)
            {
                _recorder.ReportFault(error);
            }
        }
    }

    /// <inheritdoc/>
    public CallObservation Finish()
    {
        lock (_gate)
        {
            if (_seen is null)
            {
                End(_answer is null ? Observe(CallOutcome.Cancelled) : Conclude(AnswerEnd.Left));
            }

            return _seen!.Value;
        }
    }

    private string? RequestedModel => Request.Model ?? WireAddress.ModelOf(_address);

    private static WireExchange Begin(CostRecorder recorder, WireApi api, Uri address, RecentFailures failures, CallLink? link)
    {
        if (InFlight.Value is { } outer && outer._address == address && outer.Supersede())
        {
            return new WireExchange(outer._recorder, api, address, failures, outer._link ??= new CallLink(), outer._site);
        }

        return new WireExchange(recorder, api, address, failures, link, CallCorrelation.Current is null ? recorder.CaptureSite() : null);
    }

    private bool IsToBeWatched(int status, string? contentType, string? encoding)
    {
        Request.ReadFacts();
        if (status is >= 400 or < 200)
        {
            // A request that is refused isn't billed; of one that failed at the provider that is unknown.
            End(Observe(CallOutcome.Error) with { IsFree = !_api.IsListed, KnownCostUsd = IsRefusal(status) ? 0m : null, Usage = IsRefusal(status) ? default(Usage) : null, IsCounted = IsRefusal(status) });
            return false;
        }

        _answer = new AnswerReader(_api, AnswerReader.KindOf(contentType), _provider ?? _api.Owner, encoding, () => RequestedModel);
        return true;
    }

    private void EndBy(Exception error)
    {
        if (_answer is not null)
        {
            EndAnswer(error is OperationCanceledException ? AnswerEnd.Cancelled : AnswerEnd.Broken);
            return;
        }

        Request.ReadFacts();
        bool wasSent = error is not (IUnsentRequest or HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError });
        End(Observe(error is OperationCanceledException ? CallOutcome.Cancelled : CallOutcome.Error) with { IsFree = !_api.IsListed, KnownCostUsd = wasSent ? null : 0m, Usage = wasSent ? null : default(Usage), IsCounted = !wasSent });
    }

    private bool Supersede()
    {
        lock (_gate)
        {
            if (_seen is not null)
            {
                return IsSuperseded;
            }

            IsSuperseded = true;
            _seen = Observe(CallOutcome.Ok);
            _correlation?.Leave(this);
            Request.Dispose();
            return true;
        }
    }

    private void End(in CallObservation seen)
    {
        lock (_gate)
        {
            if (_seen is not null)
            {
                return;
            }

            bool failed = seen.Outcome == CallOutcome.Error;
            _seen = _correlation is not null ? seen : seen with { CallId = _link is not null ? _link.IdOf(failed) : _failures.IdOf(Request.Hash, failed) };
            Request.Dispose();
            _answer?.Dispose();
            if (_correlation is null)
            {
                _recorder.Record(_seen.Value with { Provider = seen.Provider ?? _api.Owner });
            }
        }
    }

    private CallObservation Conclude(AnswerEnd end)
    {
        try
        {
            return Conclude(end, _answer!.Read());
        }
        catch (Exception error)
        {
            _recorder.ReportFault(error);
            return Observe(end == AnswerEnd.Cancelled ? CallOutcome.Cancelled : CallOutcome.Error);
        }
    }

    private CallObservation Conclude(AnswerEnd end, in AnswerReading reading)
    {
        CallObservation seen = ObservedAnswer.Complete(Observe(CallOutcome.Ok), end, reading, Request.CountTokens, _besides);
        seen = seen with { IsCounted = seen.IsCounted || _isRecounted };
        if (seen.Usage is not null || seen.IsUnfinished || _api.Format != WireFormat.Any)
        {
            return seen;
        }

        if (_api.IsFree && seen.Outcome == CallOutcome.Ok)
        {
            return seen with { Usage = default(Usage), KnownCostUsd = 0m };
        }

        // What names no model asks none; what does and can't be read may be billed.
        bool isFree = !_api.IsListed && RequestedModel is null;
        if (!isFree && seen.Outcome == CallOutcome.Ok)
        {
            _recorder.WarnOfUnreadable(_provider ?? _api.Owner, _address.AbsolutePath);
        }

        return seen with { IsFree = isFree };
    }

    private CallObservation Observe(CallOutcome outcome) => new()
    {
        Operation = _api.Operation,
        Provider = _provider,
        RequestedModel = RequestedModel,
        Outcome = outcome,
        Region = WireAddress.RegionOf(_address),
        Started = _started,
        IsReplayed = _isReplayed,
        DurationMilliseconds = Stopwatch.GetElapsedTime(_clock).TotalMilliseconds,
        Site = _site,
        Scope = _scope,
    };

    private static bool IsRefusal(int status) => status is >= 400 and < 500 and not 408;
}
