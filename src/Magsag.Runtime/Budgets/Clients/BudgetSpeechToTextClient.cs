// Transcription is experimental in Microsoft.Extensions.AI; who uses it has accepted that.
#pragma warning disable MEAI001
using Magsag.Pricing.Tokens;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime.Budgets.Clients;

/// <summary>Lets a transcription through only when every budget has room for its worst case: the model's context window of sound, or the longest recording where the provider bills its length.</summary>
internal sealed class BudgetSpeechToTextClient : DelegatingSpeechToTextClient
{
    private readonly UncappedBudget _budget;

    public BudgetSpeechToTextClient(ISpeechToTextClient innerClient, BudgetGuard guard, ILogger logger)
        : base(innerClient)
    {
        _budget = new UncappedBudget(guard, logger, ClientIdentity.From(innerClient.GetService(typeof(SpeechToTextClientMetadata))));
    }

    public override Task<SpeechToTextResponse> GetTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        _budget.AskAsync(DemandOf(options), () => base.GetTextAsync(audioSpeechStream, options, cancellationToken), static answer => UsageOf(answer), cancellationToken);

    public override IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default) =>
        _budget.StreamAsync(DemandOf(options), () => base.GetStreamingTextAsync(audioSpeechStream, options, cancellationToken), static (used, update) => used.Add(update), cancellationToken);

    private CallDemand DemandOf(SpeechToTextOptions? options) => MediaDemand.OfTranscription(_budget.DemandFor(options?.ModelId), _budget.Options);

    // Where a provider bills the length of the audio, it reports where the speech ends instead of tokens.
    private static Usage? UsageOf(SpeechToTextResponse answer) =>
        UsageReport.UsageIn(answer.Usage) ?? (answer.EndTime is { } end ? new Usage { AudioSeconds = (decimal)end.TotalSeconds } : null);
}
