using Microsoft.Extensions.AI;

namespace Magsag.Runtime.Recording;

/// <summary>Records what each embedding call that passes through really cost, the single-value ones too, whose callers never see the usage.</summary>
internal sealed class CostTrackingEmbeddingGenerator<TInput, TEmbedding> : DelegatingEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly CostRecorder _recorder;
    private readonly ClientIdentity _identity;

    public CostTrackingEmbeddingGenerator(IEmbeddingGenerator<TInput, TEmbedding> innerGenerator, CostRecorder recorder)
        : base(innerGenerator)
    {
        _recorder = recorder;
        _identity = ClientIdentity.From(innerGenerator.GetService(typeof(EmbeddingGeneratorMetadata)));
    }

    // Not async: the call site must be read off the caller's stack.
    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        RecordedCall.AnswerAsync(_recorder, _identity, "embeddings", options?.ModelId, _recorder.CaptureSite(), () => base.GenerateAsync(values, options, cancellationToken), static (embeddings, _) =>
            new CallAnswer(embeddings is { Count: > 0 } ? embeddings[0].ModelId : null, UsageReport.MeasureWhole(embeddings.Usage)));
}
