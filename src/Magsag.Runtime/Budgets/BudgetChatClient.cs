using System.Runtime.CompilerServices;
using Magsag.Pricing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Lets a chat call through only when every budget has room for its worst case.</summary>
internal sealed class BudgetChatClient : DelegatingChatClient
{
    private readonly BudgetGuard _guard;
    private readonly BudgetPlanner _planner;
    private readonly PriceCatalog? _prices;
    private readonly ILogger _logger;

    public BudgetChatClient(IChatClient innerClient, BudgetGuard guard, ILogger logger)
        : base(innerClient)
    {
        ChatClientMetadata? metadata = innerClient.GetService<ChatClientMetadata>();
        _guard = guard;
        _logger = logger;
        _prices = guard.Options.Prices ?? RecordingPrices.Of(RecordingHost.Current, logger);
        _planner = new BudgetPlanner(guard, _prices, ProviderName.Of(metadata?.ProviderName, metadata?.ProviderUri), metadata?.DefaultModelId);
    }

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> sent = [.. messages];
        (BudgetedCall call, BudgetReservation reservation) = await _planner.ReserveAsync(sent, options, cancellationToken).ConfigureAwait(false);
        ChatResponse response;
        try
        {
            response = await base.GetResponseAsync(sent, call.Options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await EndAsync(reservation, MayBeBilled(error) ? call.Amount : null).ConfigureAwait(false);
            throw;
        }

        await EndAsync(reservation, call.Actual(ReportedUsage.From(response.Usage), response.ModelId, _prices, _guard.Options.Time.GetUtcNow())).ConfigureAwait(false);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> sent = [.. messages];
        (BudgetedCall call, BudgetReservation reservation) = await _planner.ReserveAsync(sent, options, cancellationToken).ConfigureAwait(false);
        var output = new StreamedOutput(call);

        // Whoever stops reading doesn't stop the bill: until the usage is known, the worst case is what the stream took.
        BudgetAmount? taken = call.Amount;
        IAsyncEnumerator<ChatResponseUpdate> updates = base.GetStreamingResponseAsync(sent, call.Options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    if (!await updates.MoveNextAsync().ConfigureAwait(false))
                    {
                        break;
                    }
                }
                catch (Exception error)
                {
                    taken = output.HasBegun || MayBeBilled(error) ? call.Amount : null;
                    throw;
                }

                output.Add(updates.Current);
                yield return updates.Current;
            }
        }
        finally
        {
            BudgetAmount? actual = output.Usage is null ? taken : call.Actual(output.Usage, output.Model, _prices, _guard.Options.Time.GetUtcNow());
            await EndAsync(reservation, actual).ConfigureAwait(false);
            await updates.DisposeAsync().ConfigureAwait(false);
        }
    }

    // A call that was given up on, or that timed out, may have been answered and billed all the same.
    private static bool MayBeBilled(Exception error) => error is OperationCanceledException or TimeoutException;

    // The answer is there and paid for: a store that fails now mustn't take it away. The lease counts the worst case then.
    private async ValueTask EndAsync(BudgetReservation reservation, BudgetAmount? actual)
    {
        try
        {
            await (actual is { } amount ? reservation.SettleAsync(amount) : reservation.ReleaseAsync()).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            CostMeter.Faults.Add(1);
            BudgetLog.NotSettled(_logger, error);
        }
    }
}
