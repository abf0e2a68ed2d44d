using System.Diagnostics.CodeAnalysis;
using Magsag.Runtime;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>Adds cost tracking to pipelines of Microsoft.Extensions.AI.</summary>
public static class CostTrackingBuilderExtensions
{
    // As in Microsoft.Extensions.AI itself: who uses these builders has accepted that they may change.
    private const string ExperimentalId = "MEAI001";

    /// <summary>Records what each call really cost. Add it last, next to the provider's client: inside caches (a hit costs nothing) and tool loops (each request is recorded).</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="configure">Changes where and how is recorded; the defaults suit tests and applications.</param>
    /// <returns>The pipeline.</returns>
    public static ChatClientBuilder UseCostTracking(this ChatClientBuilder builder, Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) => new CostTrackingChatClient(inner, RecorderOf(services, configure)));
    }

    /// <summary>Records what each embedding call really cost. Add it last, next to the provider's generator, inside caches.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="configure">Changes where and how is recorded; the defaults suit tests and applications.</param>
    /// <returns>The pipeline.</returns>
    public static EmbeddingGeneratorBuilder<TInput, TEmbedding> UseCostTracking<TInput, TEmbedding>(this EmbeddingGeneratorBuilder<TInput, TEmbedding> builder, Action<CostTrackingOptions>? configure = null)
        where TEmbedding : Embedding
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) => new CostTrackingEmbeddingGenerator<TInput, TEmbedding>(inner, RecorderOf(services, configure)));
    }

    /// <summary>Records what each image generation really cost. Add it last, next to the provider's generator.</summary>
    /// <inheritdoc cref="UseCostTracking(ChatClientBuilder, Action{CostTrackingOptions})"/>
    [Experimental(ExperimentalId)]
    public static ImageGeneratorBuilder UseCostTracking(this ImageGeneratorBuilder builder, Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) => new CostTrackingImageGenerator(inner, RecorderOf(services, configure)));
    }

    /// <summary>Records what each transcription really cost. Add it last, next to the provider's client.</summary>
    /// <inheritdoc cref="UseCostTracking(ChatClientBuilder, Action{CostTrackingOptions})"/>
    [Experimental(ExperimentalId)]
    public static SpeechToTextClientBuilder UseCostTracking(this SpeechToTextClientBuilder builder, Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) => new CostTrackingSpeechToTextClient(inner, RecorderOf(services, configure)));
    }

    /// <summary>Records what each speech synthesis really cost. Add it last, next to the provider's client.</summary>
    /// <inheritdoc cref="UseCostTracking(ChatClientBuilder, Action{CostTrackingOptions})"/>
    [Experimental(ExperimentalId)]
    public static TextToSpeechClientBuilder UseCostTracking(this TextToSpeechClientBuilder builder, Action<CostTrackingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) => new CostTrackingTextToSpeechClient(inner, RecorderOf(services, configure)));
    }

    private static CostRecorder RecorderOf(IServiceProvider services, Action<CostTrackingOptions>? configure) =>
        CostRecorder.Create(configure, services.GetService(typeof(ILoggerFactory)) as ILoggerFactory);
}
