using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Budgets.Clients;

/// <summary>Lets an embedding call through only when every budget has room for its worst case: its counted input.</summary>
/// <remarks>Another model would give vectors that fit no others, and there is no cap: of the fallbacks only waiting applies.</remarks>
internal sealed class BudgetEmbeddingGenerator<TInput, TEmbedding> : DelegatingEmbeddingGenerator<TInput, TEmbedding>
    where TEmbedding : Embedding
{
    private readonly UncappedBudget _budget;

    public BudgetEmbeddingGenerator(IEmbeddingGenerator<TInput, TEmbedding> innerGenerator, BudgetGuard guard, ILogger logger)
        : base(innerGenerator)
    {
        _budget = new UncappedBudget(guard, logger, ClientIdentity.From(innerGenerator.GetService(typeof(EmbeddingGeneratorMetadata))));
    }

    public override Task<GeneratedEmbeddings<TEmbedding>> GenerateAsync(IEnumerable<TInput> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<TInput> sent = [.. values];
        return _budget.AskAsync(DemandOf(sent, options), () => base.GenerateAsync(sent, options, cancellationToken), static answer => UsageReport.UsageIn(answer.Usage), cancellationToken);
    }

    private CallDemand DemandOf(IReadOnlyList<TInput> values, EmbeddingGenerationOptions? options)
    {
        CallDemand demand = _budget.DemandFor(options?.ModelId);
        return PromptDemand.Count(values.Select(TextOf), demand.Model, demand.Price) is { } counted
            ? demand with { InputTokens = counted }
            : demand with { InputTokens = values.Count * PromptDemand.Window(demand.Price, demand.Model, "embeds other things than text"), HasMedia = true };
    }

    private static string? TextOf(TInput value) => value switch
    {
        string text => text,
        AIContent content => ContentText.FromPrompt(content),
        _ => null,
    };
}
