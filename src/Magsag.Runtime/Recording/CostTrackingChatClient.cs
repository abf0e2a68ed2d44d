// Answers that come later are experimental in Microsoft.Extensions.AI; who asks for them has accepted that.
#pragma warning disable MEAI001
using System.Runtime.CompilerServices;
using Magsag.Ledger.Records;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Recording;

/// <summary>Records what each chat call that passes through really cost.</summary>
/// <remarks>Put it inside caches and tool loops, next to the provider's client: a cache hit then costs nothing, and every request of a tool loop has a record of its own.</remarks>
internal sealed class CostTrackingChatClient : DelegatingChatClient
{
    private const string Operation = "chat";

    // A tool loop calls again after it has awaited, when the code that began it is no longer on the stack.
    private static readonly AsyncLocal<(CostTrackingChatClient Client, CallSite Site)?> LastSite = new();

    private readonly CostRecorder _recorder;
    private readonly ClientIdentity _identity;
    private readonly ReplayDetector? _replays;

    public CostTrackingChatClient(IChatClient innerClient, CostRecorder recorder)
        : base(innerClient)
    {
        _recorder = recorder;
        _identity = ClientIdentity.From(innerClient.GetService(typeof(ChatClientMetadata)));
        _replays = innerClient.GetService<CachingChatClient>() is null ? null : new ReplayDetector();
    }

    // Not async: the call site must be read off the caller's stack, and remembered in the caller's flow.
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = ListOf(messages);
        return RecordedCall.AnswerAsync(_recorder, _identity, Operation, options?.ModelId, FindSite(), () => base.GetResponseAsync(prompt, options, cancellationToken), (response, call) =>
        {
            UsageAccumulator usage = NewUsage(options);
            usage.Add(response);
            RawAnswer? raw = response.RawRepresentation is null || call.IsSeenBelow ? null : new RawAnswer(_identity.Provider);
            raw?.Add(response);
            CallAnswer answer = Describe(usage, raw, isWhole: true, prompt, options);
            return InParts(answer, response.ResponseId, options, response.ContinuationToken is not null) with { IsReplay = _replays?.IsReplay(response.ResponseId, response.CreatedAt, response.RawRepresentation, call.Started) ?? false };
        }, () => PromptFingerprint.Compute(prompt));
    }

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetRecordedUpdatesAsync(ListOf(messages), options, FindSite(), cancellationToken);

    private async IAsyncEnumerable<ChatResponseUpdate> GetRecordedUpdatesAsync(IReadOnlyList<ChatMessage> messages, ChatOptions? options, CallSite? site, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = new RecordedCall(_recorder, _identity, Operation, options?.ModelId, site) { Fingerprint = () => PromptFingerprint.Compute(messages) };
        UsageAccumulator usage = NewUsage(options);
        RawAnswer? raw = null;
        ResponseContinuationToken? token = null;
        bool isReplay = false;
        CallAnswer DescribeAt(CallOutcome outcome) => InParts(Describe(usage, raw, isWhole: outcome == CallOutcome.Ok, messages, options), usage.Id, options, isUnfinished: token is not null && !usage.HasFinalReport) with { IsReplay = isReplay };
        await foreach (ChatResponseUpdate update in call.StreamAsync(base.GetStreamingResponseAsync(messages, options, cancellationToken), DescribeAt, cancellationToken).ConfigureAwait(false))
        {
            token = update.ContinuationToken;
            isReplay |= Observe(update, usage, ref raw, call);
            yield return update;
        }
    }

    private bool Observe(ChatResponseUpdate update, UsageAccumulator usage, ref RawAnswer? raw, RecordedCall call)
    {
        try
        {
            usage.Add(update);
            if (update.RawRepresentation is not null && (raw ??= new RawAnswer(_identity.Provider)).Needs(update) && !call.IsSeenBelow)
            {
                raw.Add(update);
            }

            return _replays?.IsReplay(update.ResponseId, update.CreatedAt, update.RawRepresentation, call.Started) ?? false;
        }
        catch (Exception error)
        {
            _recorder.ReportFault(error);
            return false;
        }
    }

    private UsageAccumulator NewUsage(ChatOptions? options) => new(options?.ModelId ?? _identity.DefaultModel);

    private static CallAnswer Describe(UsageAccumulator usage, RawAnswer? raw, bool isWhole, IReadOnlyList<ChatMessage> prompt, ChatOptions? options)
    {
        var answer = new CallAnswer(usage.Model, usage.Measure(isWhole, counter => PromptTokens.Count(prompt, options, counter, PromptMargin.Likely)));
        return raw is null ? answer : raw.Complete(answer);
    }

    // A provider may go on working at an answer, which is asked for again with a token: that is no other call.
    private static CallAnswer InParts(in CallAnswer answer, string? id, ChatOptions? options, bool isUnfinished)
    {
        bool isPoll = options?.ContinuationToken is not null;
        return !isPoll && !isUnfinished ? answer : answer with
        {
            Id = id,
            IsUnfinished = isUnfinished,
            IsPoll = isPoll,
            Used = isUnfinished ? default : answer.Used,
        };
    }

    // What may be enumerated only once has to serve the call and, if no usage is reported, the counting.
    private static IReadOnlyList<ChatMessage> ListOf(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return messages as IReadOnlyList<ChatMessage> ?? [.. messages];
    }

    private CallSite? FindSite()
    {
        CallSite? site = _recorder.CaptureSite(out bool isConfined);
        if (site is { IsHelper: false })
        {
            // Remembered only inside the flow of the tool loop or wrapper: in the app's it would be found by calls it has nothing to do with.
            if (isConfined)
            {
                LastSite.Value = (this, site);
            }

            return site;
        }

        return LastSite.Value is { } last && ReferenceEquals(last.Client, this) ? last.Site : site;
    }
}
