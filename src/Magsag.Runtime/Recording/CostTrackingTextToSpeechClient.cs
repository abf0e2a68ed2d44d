// Images, speech and transcription are experimental in Microsoft.Extensions.AI; who uses them has accepted that.
#pragma warning disable MEAI001
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

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
        var metadata = innerClient.GetService(typeof(TextToSpeechClientMetadata)) as TextToSpeechClientMetadata;
        _identity = ClientIdentity.Of(metadata?.ProviderName, metadata?.ProviderUri, metadata?.DefaultModelId);
    }

    // Not async: the call site must be read off the caller's stack.
    public override Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordedCall.AnswerAsync(_recorder, _identity, Operation, options?.ModelId, _recorder.CaptureSite(), () => base.GetAudioAsync(text, options, cancellationToken), static (response, _) => Describe(response.ModelId, response.Usage));

    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        GetRecordedUpdatesAsync(text, options, _recorder.CaptureSite(), cancellationToken);

    private async IAsyncEnumerable<TextToSpeechResponseUpdate> GetRecordedUpdatesAsync(string text, TextToSpeechOptions? options, CallSite? site, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = new RecordedCall(_recorder, _identity, Operation, options?.ModelId, site);
        string? model = null;
        UsageDetails? usage = null;
        await foreach (TextToSpeechResponseUpdate update in call.StreamAsync(base.GetStreamingAudioAsync(text, options, cancellationToken), _ => Describe(model, usage), cancellationToken).ConfigureAwait(false))
        {
            // The audio itself isn't kept: it can be large.
            model = update.ModelId ?? model;
            usage = update.Contents.OfType<UsageContent>().LastOrDefault()?.Details ?? usage;
            yield return update;
        }
    }

    private static CallAnswer Describe(string? model, UsageDetails? usage) => new()
    {
        Model = model,
        Usage = ReportedUsage.From(usage) is { } reported ? reported with { OutputAudioTokens = reported.OutputTokens - reported.ReasoningTokens } : null,
    };
}
