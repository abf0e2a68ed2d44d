using System.Diagnostics;
using Magsag.Gating;
using Microsoft.Extensions.AI;

namespace Magsag.Runtime;

/// <summary>Records what each embedding call that passes through really cost, the single-value ones too, whose callers never see the usage.</summary>
internal sealed class CostTrackingEmbeddingGenerator<TInput, TEmbedding> : DelegatingEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly CostRecorder _recorder;
    private readonly string? _provider;
    private readonly string? _defaultModel;

    public CostTrackingEmbeddingGenerator(IEmbeddingGenerator<TInput, TEmbedding> innerGenerator, CostRecorder recorder)
        : base(innerGenerator)
    {
        _recorder = recorder;
        var metadata = innerGenerator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        _provider = ProviderName.Of(metadata?.ProviderName, metadata?.ProviderUri);
        _defaultModel = metadata?.DefaultModelId;
    }

    // Not async: the call site must be read off the caller's stack.
    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        GenerateRecordedAsync(values, options, _recorder.CaptureSite(), cancellationToken);

    private async Task<GeneratedEmbeddings<TEmbedding>> GenerateRecordedAsync(IEnumerable<TInput> values, EmbeddingGenerationOptions? options, CallSite? site, CancellationToken cancellationToken)
    {
        CallSlot? slot = CallSlot.Open();
        DateTimeOffset started = DateTimeOffset.UtcNow;
        long clock = Stopwatch.GetTimestamp();
        CallOutcome outcome = CallOutcome.Ok;
        GeneratedEmbeddings<TEmbedding>? embeddings = null;
        try
        {
            embeddings = await base.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);
            return embeddings;
        }
        catch (Exception error)
        {
            outcome = error is OperationCanceledException ? CallOutcome.Cancelled : CallOutcome.Error;
            throw;
        }
        finally
        {
            _recorder.Record(slot, new CallObservation
            {
                Operation = "embeddings",
                Provider = _provider,
                Model = embeddings is { Count: > 0 } ? embeddings[0].ModelId : null,
                RequestedModel = options?.ModelId ?? _defaultModel,
                Outcome = outcome,
                Usage = ReportedUsage.From(embeddings?.Usage),
                Started = started,
                DurationMilliseconds = Stopwatch.GetElapsedTime(clock).TotalMilliseconds,
                Site = site,
            });
        }
    }
}
