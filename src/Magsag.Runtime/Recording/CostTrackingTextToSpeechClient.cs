// Images, speech and transcription are experimental in Microsoft.Extensions.AI; who uses them has accepted that.
#pragma warning disable MEAI001
using System.Runtime.CompilerServices;
using Magsag.Ledger.Records;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Recording;

/// <summary>Records what each speech synthesis that passes through really cost.</summary>
internal sealed class CostTrackingTextToSpeechClient : DelegatingTextToSpeechClient
{
    private const string Operation = "text_to_speech";

    private readonly CostRecorder _recorder;
    private readonly ClientIdentity _identity;

    public CostTrackingTextToSpeechClient(ITextToSpeechClient innerClient, CostRecorder recorder)
        : base(innerClient)
    {
        _recorder = recorder;
        _identity = ClientIdentity.From(innerClient.GetService(typeof(TextToSpeechClientMetadata)));
    }

    // Not async: the call site must be read off the caller's stack.
    public override Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordedCall.AnswerAsync(_recorder, _identity, Operation, options?.ModelId, _recorder.CaptureSite(), () => base.GetAudioAsync(text, options, cancellationToken), static (response, _) => Describe(response));

    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        GetRecordedUpdatesAsync(text, options, _recorder.CaptureSite(), cancellationToken);

    private async IAsyncEnumerable<TextToSpeechResponseUpdate> GetRecordedUpdatesAsync(string text, TextToSpeechOptions? options, CallSite? site, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = new RecordedCall(_recorder, _identity, Operation, options?.ModelId, site);
        var usage = new UsageAccumulator(options?.ModelId ?? _identity.DefaultModel);
        await foreach (TextToSpeechResponseUpdate update in call.StreamAsync(base.GetStreamingAudioAsync(text, options, cancellationToken), outcome => Describe(usage, outcome == CallOutcome.Ok), cancellationToken).ConfigureAwait(false))
        {
            // The audio itself isn't kept: it can be large.
            usage.Add(update);
            yield return update;
        }
    }

    private static CallAnswer Describe(TextToSpeechResponse response)
    {
        var usage = new UsageAccumulator(null);
        usage.Add(response);
        return Describe(usage, isWhole: true);
    }

    private static CallAnswer Describe(UsageAccumulator usage, bool isWhole)
    {
        MeasuredUsage measured = usage.Measure(isWhole, static _ => null);
        return new CallAnswer(usage.Model, measured.Usage is { } reported ? measured with { Usage = reported with { OutputAudioTokens = reported.OutputTokens - reported.ReasoningTokens } } : measured);
    }
}
