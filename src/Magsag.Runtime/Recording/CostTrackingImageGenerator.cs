// Images, speech and transcription are experimental in Microsoft.Extensions.AI; who uses them has accepted that.
#pragma warning disable MEAI001
using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Recording;

/// <summary>Records what each image generation that passes through really cost.</summary>
internal sealed class CostTrackingImageGenerator : DelegatingImageGenerator
{
    private readonly CostRecorder _recorder;
    private readonly ClientIdentity _identity;

    public CostTrackingImageGenerator(IImageGenerator innerGenerator, CostRecorder recorder)
        : base(innerGenerator)
    {
        _recorder = recorder;
        _identity = ClientIdentity.From(innerGenerator.GetService(typeof(ImageGeneratorMetadata)));
    }

    // Not async: the call site must be read off the caller's stack.
    public override Task<ImageGenerationResponse> GenerateAsync(ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordedCall.AnswerAsync(_recorder, _identity, "image_generation", options?.ModelId, _recorder.CaptureSite(), () => base.GenerateAsync(request, options, cancellationToken), static (response, _) =>
            new CallAnswer(null, OfPictures(UsageReport.MeasureWhole(response.Usage))));

    private static MeasuredUsage OfPictures(MeasuredUsage measured) =>
        measured.Usage is { } usage ? measured with { Usage = usage with { OutputImageTokens = usage.OutputTokens, ReasoningTokens = 0, OutputAudioTokens = 0 } } : measured;
}
