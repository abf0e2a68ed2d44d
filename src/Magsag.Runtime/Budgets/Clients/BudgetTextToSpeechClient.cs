// Speech is experimental in Microsoft.Extensions.AI; who uses it has accepted that.
#pragma warning disable MEAI001
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Budgets.Clients;

/// <summary>Lets a text be spoken only when every budget has room for its worst case: its counted text, and the longest speech.</summary>
internal sealed class BudgetTextToSpeechClient : DelegatingTextToSpeechClient
{
    private readonly UncappedBudget _budget;

    public BudgetTextToSpeechClient(ITextToSpeechClient innerClient, BudgetGuard guard, ILogger logger)
        : base(innerClient)
    {
        _budget = new UncappedBudget(guard, logger, ClientIdentity.From(innerClient.GetService(typeof(TextToSpeechClientMetadata))));
    }

    public override Task<TextToSpeechResponse> GetAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        _budget.AskAsync(DemandOf(text, options), () => base.GetAudioAsync(text, options, cancellationToken), static answer => UsageReport.UsageIn(answer.Usage), cancellationToken);

    public override IAsyncEnumerable<TextToSpeechResponseUpdate> GetStreamingAudioAsync(string text, TextToSpeechOptions? options = null, CancellationToken cancellationToken = default) =>
        _budget.StreamAsync(DemandOf(text, options), () => base.GetStreamingAudioAsync(text, options, cancellationToken), static (used, update) => used.Add(update), cancellationToken);

    private CallDemand DemandOf(string text, TextToSpeechOptions? options)
    {
        CallDemand demand = _budget.DemandFor(options?.ModelId);
        return demand with
        {
            InputTokens = PromptDemand.Count([text], demand.Model, demand.Price)!.Value,
            OutputTokens = MediaDemand.OutputTokens(demand, _budget.Options),
            MayChooseTier = options?.RawRepresentationFactory is not null || options?.AdditionalProperties is { Count: > 0 },
        };
    }
}
