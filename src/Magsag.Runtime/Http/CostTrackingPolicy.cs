using System.ClientModel.Primitives;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Records what the calls of a client built on System.ClientModel (OpenAI, Azure OpenAI) really cost. Add it per try, so that every billed attempt is seen.</summary>
/// <example><code>var client = new OpenAIClient(key, new OpenAIClientOptions().AddCostTracking());</code></example>
public sealed class CostTrackingPolicy : PipelinePolicy
{
    private readonly CostRecorder _recorder;
    private readonly RecentFailures _failures = new(TimeProvider.System);

    /// <summary>Makes a policy; one may serve many clients.</summary>
    /// <param name="configure">Changes where and how is recorded; the defaults suit tests and applications.</param>
    /// <param name="loggers">Receives what goes wrong while recording.</param>
    public CostTrackingPolicy(Action<CostTrackingOptions>? configure = null, ILoggerFactory? loggers = null)
    {
        _recorder = CostRecorder.Create(configure, loggers);
        CallCorrelation.Need();
    }

    /// <inheritdoc/>
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        if (GuardedCall.Current is { } guarded)
        {
            guarded.Send(this, message, () => ProcessTracked(message, pipeline, currentIndex));
        }
        else
        {
            ProcessTracked(message, pipeline, currentIndex);
        }
    }

    /// <inheritdoc/>
    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        GuardedCall.Current is { } guarded
            ? guarded.SendAsync(this, message, () => ProcessTrackedAsync(message, pipeline, currentIndex))
            : ProcessTrackedAsync(message, pipeline, currentIndex);

    private void ProcessTracked(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        if (Begin(message) is not { } exchange)
        {
            ProcessNext(message, pipeline, currentIndex);
            TrackPoll(message);
            return;
        }

        try
        {
            if (IsJson(message))
            {
                message.Request.Content!.WriteTo(new SentStream(Stream.Null, exchange.Request));
            }

            exchange.Enter();
            ProcessNext(message, pipeline, currentIndex);
            Track(message, exchange);
        }
        catch (Exception error)
        {
            exchange.Fail(error);
            throw;
        }
        finally
        {
            WireExchange.Leave();
        }
    }

    private async ValueTask ProcessTrackedAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        if (Begin(message) is not { } exchange)
        {
            await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
            TrackPoll(message);
            return;
        }

        try
        {
            if (IsJson(message))
            {
                await message.Request.Content!.WriteToAsync(new SentStream(Stream.Null, exchange.Request), message.CancellationToken).ConfigureAwait(false);
            }

            exchange.Enter();
            await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
            Track(message, exchange);
        }
        catch (Exception error)
        {
            exchange.Fail(error);
            throw;
        }
    }

    private WireExchange? Begin(PipelineMessage message)
    {
        if (message.Request is not { Method: "POST", Uri: { } address } || WireApi.Tracked(address) is null)
        {
            return null;
        }

        // All attempts at a call have the same message.
        if (!message.TryGetProperty(typeof(CostTrackingPolicy), out object? link))
        {
            message.SetProperty(typeof(CostTrackingPolicy), link = new CallLink());
        }

        return WireExchange.Begin(_recorder, address, _failures, link as CallLink);
    }

    // A body of several parts holds files, and can be read only once.
    internal static bool IsJson(PipelineMessage message) =>
        message.Request.Content is not null && message.Request.Headers.TryGetValue("Content-Type", out string? type) && type!.StartsWith("application/json", StringComparison.OrdinalIgnoreCase);

    private static void Track(PipelineMessage message, WireExchange exchange)
    {
        if (exchange.IsSuperseded || message.Response is not { } response)
        {
            return;
        }

        (string? type, string? encoding) = ContentOf(response);
        if (exchange.Answer(response.Status, type, encoding, name => response.Headers.TryGetValue(name, out string? value) ? value : null))
        {
            Observe(message, response, exchange);
        }
    }

    private void TrackPoll(PipelineMessage message)
    {
        if (message.Response is not { } response || AnswerPoll.Begin(_recorder, message.Request.Method, message.Request.Uri) is not { } poll)
        {
            return;
        }

        (string? type, string? encoding) = ContentOf(response);
        if (poll.Answer(response.Status, type, encoding))
        {
            Observe(message, response, poll);
        }
    }

    private static (string? Type, string? Encoding) ContentOf(PipelineResponse response)
    {
        response.Headers.TryGetValue("Content-Type", out string? type);
        response.Headers.TryGetValue("Content-Encoding", out string? encoding);
        return (type?.Split(';')[0].Trim(), encoding);
    }

    private static void Observe(PipelineMessage message, PipelineResponse response, IAnswerObserver observer)
    {
        if (message.BufferResponse)
        {
            observer.Read(response.Content);
            observer.EndAnswer(AnswerEnd.Read);
        }
        else if (response.ContentStream is { } stream)
        {
            response.ContentStream = new TrackedStream(stream, observer);
        }
    }
}
