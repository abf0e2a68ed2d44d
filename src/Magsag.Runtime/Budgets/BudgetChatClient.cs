using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Lets a chat call through only when every budget has room for its worst case.</summary>
internal sealed class BudgetChatClient : DelegatingChatClient
{
    private readonly BudgetDesk _desk;
    private readonly BudgetPlanner _planner;

    public BudgetChatClient(IChatClient innerClient, BudgetGuard guard, ILogger logger)
        : base(innerClient)
    {
        ChatClientMetadata? metadata = innerClient.GetService<ChatClientMetadata>();
        _desk = new BudgetDesk(guard, logger);
        _planner = new BudgetPlanner(_desk, ProviderName.Of(metadata?.ProviderName, metadata?.ProviderUri), metadata?.DefaultModelId);
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
            await _desk.EndAsync(reservation, BudgetDesk.MayBeBilled(error) ? call.Amount : null).ConfigureAwait(false);
            throw;
        }

        await _desk.EndAsync(reservation, call.Actual(ReportedUsage.From(response.Usage), response.ModelId, _desk.Prices, _desk.Guard.Options.Time.GetUtcNow())).ConfigureAwait(false);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> sent = [.. messages];
        (BudgetedCall call, BudgetReservation reservation) = await _planner.ReserveAsync(sent, options, cancellationToken).ConfigureAwait(false);
        var output = new StreamedOutput(call);

        bool mayBeBilled = true;
        IAsyncEnumerator<ChatResponseUpdate> updates = base.GetStreamingResponseAsync(sent, call.Options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    if (!await updates.MoveNextAsync().ConfigureAwait(false))
                    {
                        output.Used.Finish();
                        break;
                    }
                }
                catch (Exception error)
                {
                    mayBeBilled = output.Used.HasBegun || BudgetDesk.MayBeBilled(error);
                    throw;
                }

                output.Add(updates.Current);
                yield return updates.Current;
            }
        }
        finally
        {
            await _desk.EndAsync(reservation, mayBeBilled ? output.Taken(_desk.Prices, _desk.Guard.Options.Time.GetUtcNow()) : null).ConfigureAwait(false);
            await updates.DisposeAsync().ConfigureAwait(false);
        }
    }
}
