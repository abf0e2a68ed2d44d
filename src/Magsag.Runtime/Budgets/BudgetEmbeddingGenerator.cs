using System.Runtime.ExceptionServices;
using Magsag.Gating;
using Magsag.Pricing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Lets an embedding call through only when every budget has room for its worst case: its counted input.</summary>
/// <remarks>Another model would give vectors that fit no others, and there is no cap: of the fallbacks only waiting applies.</remarks>
internal sealed class BudgetEmbeddingGenerator<TInput, TEmbedding> : DelegatingEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly BudgetDesk _desk;
    private readonly string? _provider;
    private readonly string? _defaultModel;
    private readonly Uri? _address;

    public BudgetEmbeddingGenerator(IEmbeddingGenerator<TInput, TEmbedding> innerGenerator, BudgetGuard guard, ILogger logger)
        : base(innerGenerator)
    {
        var metadata = innerGenerator.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata;
        _desk = new BudgetDesk(guard, logger);
        _provider = ProviderName.Of(metadata?.ProviderName, metadata?.ProviderUri);
        _defaultModel = metadata?.DefaultModelId;
        _address = metadata?.ProviderUri;
    }

    public override async Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<TInput> sent = [.. values];
        string? model = options?.ModelId ?? _defaultModel;
        ModelPrice? price = model is null ? null : _desk.Prices?.Find(model, _provider);
        long input = WorstCase.InputTokens([.. sent.Select(TextOf)], model, price);
        var terms = new PriceTerms(_desk.Guard.Options.Time.GetUtcNow(), _desk.Guard.Options.ServiceTier);
        decimal? cost = price is null ? null : WorstCase.CostOf(price, new Usage { InputTokens = input }, terms);
        CallAttribution call = BudgetDesk.AttributionOf(model);
        await _desk.AdmitAsync(call, cost, cancellationToken).ConfigureAwait(false);
        var worst = new BudgetAmount(cost ?? 0m, 1, input);
        BudgetReservation reservation = await ReserveAsync(call, worst, cancellationToken).ConfigureAwait(false);
        var guarded = new GuardedCall(_desk, call, reservation, _address);
        GeneratedEmbeddings<TEmbedding> answer;
        try
        {
            guarded.Enter();
            answer = await base.GenerateAsync(sent, options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await guarded.FailAsync(error).ConfigureAwait(false);
            ExceptionDispatchInfo.Throw(guarded.Refusal ?? error);
            throw;
        }

        BudgetAmount actual = ReportedUsage.From(answer.Usage) is { } usage
            ? new BudgetAmount((price is null ? null : WorstCase.CostOf(price, usage, terms)) ?? worst.Usd, 1, usage.InputTokens + usage.OutputTokens)
            : worst;
        await guarded.SucceedAsync(actual).ConfigureAwait(false);
        return answer;
    }

    private async ValueTask<BudgetReservation> ReserveAsync(CallAttribution call, BudgetAmount worst, CancellationToken cancellationToken)
    {
        try
        {
            return await _desk.Guard.ReserveAsync(call, worst, cancellationToken).ConfigureAwait(false);
        }
        catch (BudgetExceededException refused)
        {
            foreach (TimeSpan atMost in _desk.Guard.Options.Fallbacks.Select(static fallback => fallback.LongestWait).OfType<TimeSpan>())
            {
                if (await _desk.WaitAsync(call, worst, refused, atMost, cancellationToken).ConfigureAwait(false) is { } reservation)
                {
                    return reservation;
                }
            }

            throw;
        }
    }

    private static string? TextOf(TInput value) => value switch
    {
        string text => text,
        AIContent content => ContentText.OfPrompt(content),
        _ => null,
    };
}
