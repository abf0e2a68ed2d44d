// Images, speech and transcription are experimental in Microsoft.Extensions.AI; who uses them has accepted that.
#pragma warning disable MEAI001
using System.Runtime.CompilerServices;
using Magsag.Ledger.Records;
using Magsag.Pricing.Tokens;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Recording;

/// <summary>Records what each transcription that passes through really cost.</summary>
internal sealed class CostTrackingSpeechToTextClient : DelegatingSpeechToTextClient
{
    private const string Operation = "speech_to_text";

    private readonly CostRecorder _recorder;
    private readonly ClientIdentity _identity;

    public CostTrackingSpeechToTextClient(ISpeechToTextClient innerClient, CostRecorder recorder)
        : base(innerClient)
    {
        _recorder = recorder;
        _identity = ClientIdentity.From(innerClient.GetService(typeof(SpeechToTextClientMetadata)));
    }

    // Not async: the call site must be read off the caller's stack.
    public override Task<SpeechToTextResponse> GetTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordedCall.AnswerAsync(_recorder, _identity, Operation, options?.ModelId, _recorder.CaptureSite(), () => base.GetTextAsync(audioSpeechStream, options, cancellationToken), static (response, _) => Describe(response));

    public override IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        GetRecordedUpdatesAsync(audioSpeechStream, options, _recorder.CaptureSite(), cancellationToken);

    private async IAsyncEnumerable<SpeechToTextResponseUpdate> GetRecordedUpdatesAsync(Stream audio, SpeechToTextOptions? options, CallSite? site, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = new RecordedCall(_recorder, _identity, Operation, options?.ModelId, site);
        var usage = new UsageAccumulator(options?.ModelId ?? _identity.DefaultModel);
        TimeSpan? end = null;
        await foreach (SpeechToTextResponseUpdate update in call.StreamAsync(base.GetStreamingTextAsync(audio, options, cancellationToken), outcome => Describe(usage, outcome == CallOutcome.Ok, end), cancellationToken).ConfigureAwait(false))
        {
            usage.Add(update);
            end = update.EndTime > (end ?? TimeSpan.Zero) ? update.EndTime : end;
            yield return update;
        }
    }

    private static CallAnswer Describe(SpeechToTextResponse response)
    {
        var usage = new UsageAccumulator(null);
        usage.Add(response);
        return Describe(usage, isWhole: true, response.EndTime);
    }

    // Where a provider bills the length of the audio, it reports where the speech ends instead of tokens.
    private static CallAnswer Describe(UsageAccumulator usage, bool isWhole, TimeSpan? end) => new(usage.Model, usage.Measure(isWhole, static _ => null) is { Usage: not null } measured
        ? measured
        : new MeasuredUsage(end is { } length ? new Usage { AudioSeconds = (decimal)length.TotalSeconds } : null, IsCounted: end is not null));
}
