using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Magsag.Runtime;

/// <summary>Lets a chat call through only when every budget has room for its worst case.</summary>
internal sealed class BudgetChatClient : DelegatingChatClient
{
    private readonly BudgetDesk _desk;
    private readonly BudgetPlanner _planner;
    private readonly Uri? _address;

    public BudgetChatClient(IChatClient innerClient, BudgetGuard guard, ILogger logger)
        : base(innerClient)
    {
        ChatClientMetadata? metadata = innerClient.GetService<ChatClientMetadata>();
        _desk = new BudgetDesk(guard, logger);
        _planner = new BudgetPlanner(_desk, innerClient, ProviderName.Of(metadata?.ProviderName, metadata?.ProviderUri), metadata?.DefaultModelId);
        _address = metadata?.ProviderUri;
    }

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> sent = [.. messages];
        (BudgetedCall plan, BudgetReservation reservation) = await _planner.ReserveAsync(sent, options, cancellationToken).ConfigureAwait(false);
        var call = new GuardedCall(_desk, plan.Attribution, reservation, _address);
        ChatResponse response;
        try
        {
            call.Enter();
            response = await base.GetResponseAsync(sent, plan.Options, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await call.FailAsync(error).ConfigureAwait(false);
            throw Refused(call, error);
        }

        var output = new BudgetedOutput(plan);
        output.Add(response);
        await call.SucceedAsync(output.Taken(_desk.Prices, _desk.Guard.Options.Time.GetUtcNow())).ConfigureAwait(false);
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> sent = [.. messages];
        (BudgetedCall plan, BudgetReservation reservation) = await _planner.ReserveAsync(sent, options, cancellationToken).ConfigureAwait(false);
        var call = new GuardedCall(_desk, plan.Attribution, reservation, _address);
        var output = new BudgetedOutput(plan);
        Exception? failure = null;
        call.Enter();
        IAsyncEnumerator<ChatResponseUpdate> updates = base.GetStreamingResponseAsync(sent, plan.Options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    call.Enter();
                    if (!await updates.MoveNextAsync().ConfigureAwait(false))
                    {
                        output.Finish();
                        break;
                    }
                }
                catch (Exception error)
                {
                    failure = error;
                    throw Refused(call, error);
                }

                output.Add(updates.Current);
                yield return updates.Current;
            }
        }
        finally
        {
            // Whoever stops reading doesn't stop the bill: unless the usage of the whole answer is known, the worst case is what the stream took.
            await (failure is null || output.HasBegun
                ? call.SucceedAsync(output.Taken(_desk.Prices, _desk.Guard.Options.Time.GetUtcNow()))
                : call.FailAsync(failure)).ConfigureAwait(false);
            await updates.DisposeAsync().ConfigureAwait(false);
        }
    }

    // SDKs hide what a retry threw among what its attempts threw; the app must learn that a limit was reached.
    private static Exception Refused(GuardedCall call, Exception error)
    {
        ExceptionDispatchInfo.Throw(call.Refusal ?? error);
        return error;
    }
}
