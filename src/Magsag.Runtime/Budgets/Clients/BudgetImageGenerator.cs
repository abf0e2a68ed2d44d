// Images are experimental in Microsoft.Extensions.AI; who uses them has accepted that.
#pragma warning disable MEAI001
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Budgets.Clients;

/// <summary>Lets a call for pictures through only when every budget has room for its worst case: its prompt, and the largest picture as often as it is asked for.</summary>
internal sealed class BudgetImageGenerator : DelegatingImageGenerator
{
    private readonly UncappedBudget _budget;

    public BudgetImageGenerator(IImageGenerator innerGenerator, BudgetGuard guard, ILogger logger)
        : base(innerGenerator)
    {
        _budget = new UncappedBudget(guard, logger, ClientIdentity.From(innerGenerator.GetService(typeof(ImageGeneratorMetadata))));
    }

    public override Task<ImageGenerationResponse> GenerateAsync(ImageGenerationRequest request, ImageGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        _budget.AskAsync(DemandOf(request, options), () => base.GenerateAsync(request, options, cancellationToken), static answer => UsageReport.UsageIn(answer.Usage), cancellationToken);

    private CallDemand DemandOf(ImageGenerationRequest request, ImageGenerationOptions? options)
    {
        CallDemand demand = _budget.DemandFor(options?.ModelId);
        long? counted = request.OriginalImages?.Any() == true ? null : PromptDemand.Count([request.Prompt], demand.Model, demand.Price);
        return demand with
        {
            InputTokens = counted ?? PromptDemand.Window(demand.Price, demand.Model, "has pictures in its prompt"),
            OutputTokens = MediaDemand.OutputTokens(demand, _budget.Options) * Math.Max(1, options?.Count ?? 1),
            HasMedia = counted is null,
            MayChooseTier = options?.RawRepresentationFactory is not null || options?.AdditionalProperties is { Count: > 0 },
        };
    }
}
