using System.Diagnostics;
using System.Runtime.CompilerServices;
using Magsag.Gating;
using Magsag.Pricing;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Records what each chat call that passes through really cost.</summary>
/// <remarks>Put it inside caches and tool loops, next to the provider's client: a cache hit then costs nothing, and every request of a tool loop has a record of its own.</remarks>
internal sealed class CostTrackingChatClient : DelegatingChatClient
{
    private const string Operation = "chat";

    // A tool loop calls again after it has awaited, when the code that began it is no longer on the stack.
    private static readonly AsyncLocal<(CostTrackingChatClient Client, CallSite Site)?> LastSite = new();

    private readonly CostRecorder _recorder;
    private readonly string? _provider;
    private readonly string? _defaultModel;

    public CostTrackingChatClient(IChatClient innerClient, CostRecorder recorder)
        : base(innerClient)
    {
        _recorder = recorder;
        ChatClientMetadata? metadata = innerClient.GetService<ChatClientMetadata>();
        _provider = ProviderName.Of(metadata?.ProviderName, metadata?.ProviderUri);
        _defaultModel = metadata?.DefaultModelId;
    }

    // Not async: the call site must be read off the caller's stack, and remembered in the caller's flow.
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetRecordedResponseAsync(messages, options, FindSite(), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetRecordedUpdatesAsync(messages, options, FindSite(), cancellationToken);

    private async Task<ChatResponse> GetRecordedResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CallSite? site, CancellationToken cancellationToken)
    {
        CallSlot? slot = CallSlot.Open();
        DateTimeOffset started = DateTimeOffset.UtcNow;
        long clock = Stopwatch.GetTimestamp();
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Record(slot, options, site, started, clock, error is OperationCanceledException ? CallOutcome.Cancelled : CallOutcome.Error, null, null);
            throw;
        }

        Record(slot, options, site, started, clock, CallOutcome.Ok, response.ModelId, ReportedUsage.From(response.Usage));
        return response;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> GetRecordedUpdatesAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CallSite? site, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CallSlot? slot = CallSlot.Open();
        DateTimeOffset started = DateTimeOffset.UtcNow;
        long clock = Stopwatch.GetTimestamp();
        string? model = null;
        Usage? usage = null;

        // Until the stream's end is seen, a reader that simply stops has cancelled it.
        CallOutcome outcome = CallOutcome.Cancelled;
        IAsyncEnumerator<ChatResponseUpdate> updates = base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    slot?.Enter();
                    if (!await updates.MoveNextAsync().ConfigureAwait(false))
                    {
                        outcome = CallOutcome.Ok;
                        break;
                    }
                }
                catch (Exception error)
                {
                    outcome = error is OperationCanceledException ? CallOutcome.Cancelled : CallOutcome.Error;
                    throw;
                }

                ChatResponseUpdate update = updates.Current;
                model = update.ModelId ?? model;
                usage = UsageOf(update) ?? usage;
                yield return update;
            }
        }
        finally
        {
            try
            {
                await updates.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                Record(slot, options, site, started, clock, outcome, model, usage);
            }
        }
    }

    // Providers report cumulative usage, so the last report counts.
    private static Usage? UsageOf(ChatResponseUpdate update)
    {
        Usage? usage = null;
        foreach (AIContent content in update.Contents)
        {
            if (content is UsageContent reported)
            {
                usage = ReportedUsage.From(reported.Details) ?? usage;
            }
        }

        return usage;
    }

    private CallSite? FindSite()
    {
        if (_recorder.CaptureSite(out bool isConfined) is { } site)
        {
            // Remembered only inside the tool loop's own flow: in the app's it would be found by calls it has nothing to do with.
            if (isConfined)
            {
                LastSite.Value = (this, site);
            }

            return site;
        }

        return LastSite.Value is { } last && ReferenceEquals(last.Client, this) ? last.Site : null;
    }

    private void Record(CallSlot? slot, ChatOptions? options, CallSite? site, DateTimeOffset started, long clock, CallOutcome outcome, string? model, Usage? usage) => _recorder.Record(slot, new CallObservation
    {
        Operation = Operation,
        Provider = _provider,
        Model = model,
        RequestedModel = options?.ModelId ?? _defaultModel,
        Outcome = outcome,
        Usage = usage,
        Started = started,
        DurationMilliseconds = Stopwatch.GetElapsedTime(clock).TotalMilliseconds,
        Site = site,
    });
}
